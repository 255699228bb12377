using System.Text.Json.Nodes;
using AwesomeAssertions;
using Workbook.Notebooks;
using Workbook.Tests.Kernel.Clients;
using Xunit;

namespace Workbook.Tests.Packages;

/// <summary>The packages of this repository in a notebook that has nothing else of it.</summary>
[Trait("Needs", "packages")]
public sealed class PackagedNotebookTests : IDisposable
{
    private static readonly string[] Values =
    [
        "RgbImage.Create(8, 4, pixels => pixels.Fill(200))",
        "new DetectedObject[] { new(new BoundingBox(1, 2, 30, 40), 0, \"cat\", 0.875) }",
        "new[] { new BoundingBox(1, 2, 30, 40), new BoundingBox(0, 0, 5.5, 6) }",
        "new List<GroundTruth> { new(new BoundingBox(1, 2, 30, 40), 3) { Difficult = true } }",
        "new DataSet(\"set\", [\"cat\"], [], [])",
        "Specifications.Ssd300(CocoClasses.NamesById)",
        "new SsdNetwork(Specifications.Small([\"cat\"]), 1)",
        "arange(2 * 3 * 16 * 16).reshape(2, 3, 16, 16)",
    ];

    private readonly PackagedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OwnKernel_RestoresThePackage_AndShowsEachValueAsAFigure()
    {
        var shown = await _folder.RunAsync([.. Cells(), "Charts.Lines([new Curve(\"a\", [(1, 2), (2, 3)])], new Axes(\"x\", \"y\"))"]);

        Text(shown[1], "text/plain").Should().StartWith("libtorch 2.10.0");
        shown.Skip(2).Take(Values.Length).Select(forms => Text(forms, "text/plain")).Should().Equal(
            "8 x 4 pixels",
            "1 detection, best cat 0.88",
            "2 boxes",
            "1 object",
            "set: 0 images, 0 objects of 1 classes, 0 images without objects, 0 problems",
            "SSD300: 300 x 300 pixels, Vgg16, 90 classes, 8732 default boxes",
            "Small SSD 96: 96 x 96 pixels, Small, 1 class, 760 default boxes; 37 layers, 329,464 parameters, all trained",
            "[2, 3, 16, 16] Int64 on cpu, 0 to 1535");
        shown.Skip(2).Should().AllSatisfy(forms => Text(forms, "text/html").Should().Contain("<figure"));
        Text(shown[^1], "text/html").Should().Contain("data-singleshot-chart");
    }

    [Fact]
    public async Task DotnetInteractive_ShowsWhatTheOwnKernelShows_AndHelps()
    {
        await JupyterClients.NeedAsync("nbclient", "python3-nbclient");
        var interactive = await _folder.RunInteractiveAsync([.. Cells(), "#!ssd"]);
        var own = await _folder.RunAsync([.. Cells(), "Notebook.Help()"]);

        foreach (var (there, here) in interactive.Zip(own).Skip(2))
        {
            Text(there, "text/html").Should().Be(Text(here, "text/html"));
        }
        interactive.Zip(own).Skip(2).SkipLast(1).Should().AllSatisfy(pair => Text(pair.First, "text/plain").Should().Be(Text(pair.Second, "text/plain")));
        interactive.Should().HaveCount(own.Count);
    }

    [Fact]
    public async Task Tool_InstallsFromTheFolder_RunsANotebook_AndRegistersItself()
    {
        var tool = await _folder.InstallToolAsync();
        var shown = await _folder.RunAsync(["6 * 7"], tool);

        Text(shown.Single(), "text/plain").Should().Be("42");
        (await _folder.RegisterAsync(tool)).Should().Be(tool);
    }

    private static string[] Cells() =>
    [
        "#r \"nuget: SingleShot.Interactive\"",
        """
        using SingleShot.Boxes;
        using SingleShot.Data;
        using SingleShot.Data.Coco;
        using SingleShot.Detection;
        using SingleShot.Figures;
        using SingleShot.Figures.Plotting;
        using SingleShot.Images;
        using SingleShot.Models;
        using SingleShot.Networks;
        using SingleShot.Runtime;
        using static TorchSharp.torch;
        TorchRuntime.Describe()
        """,
        .. Values,
    ];

    private static string Text(JsonNode? forms, string mimeType) => NotebookText.FromJson(forms?[mimeType]) ?? "";
}
