using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using Workbook.Kernelspecs;
using Workbook.Notebooks;
using Workbook.Tests.Execution;
using Xunit;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>The lessons in .NET Interactive, the tool, unchanged but for short parameters.</summary>
[Trait("Needs", "dotnet-interactive")]
public sealed partial class InteractiveTests(InteractiveClients clients, ITestOutputHelper output) : IClassFixture<InteractiveClients>
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    // The charts of each lesson, and how often it draws a figure anew. The others take longer and have nothing that these have not; SINGLESHOT_LESSONS=all runs them, too.
    private static readonly Dictionary<string, (int Charts, int Updates)> Chosen = new()
    {
        ["00-what-we-build"] = (0, 0),
        ["01-default-boxes"] = (4, 0),
        ["02-matching"] = (4, 0),
        ["03-network"] = (6, 0),
        ["05-training"] = (4, 14),
        ["11-out-of-the-notebook"] = (3, 0),
    };

    [Fact]
    public async Task Lessons_RunUnchanged_WithTheirCharts_AndWithoutWarnings()
    {
        await InteractiveClients.NeedAsync();
        using var folder = new TemporaryFolder();
        var names = ShortLessons.All.Where(Runs).ToArray();
        ShortLessons.CopyTo(folder.Path, names);
        File.Copy(Path.Combine(Repository.Root, InteractiveClients.Manifest), folder.File(InteractiveClients.Manifest));
        var (exit, text) = await clients.PythonAsync(folder.Path, [JupyterClients.Script("execute.py"), "out", .. names]);
        exit.Should().Be(0, text);
        var updates = Updates().Matches(text).ToDictionary(match => match.Groups["name"].Value, match => int.Parse(match.Groups["count"].ValueSpan, null));
        foreach (var name in names)
        {
            var lesson = ExecutedLesson.Read(folder.Path, name);
            lesson.RanWhole.Should().BeTrue("{0} was run from its first cell to its last", name);
            lesson.Errors.Should().BeEmpty(name);
            lesson.Warnings.Should().BeEmpty(name);
            var charts = lesson.Shown.Where(forms => forms.ContainsKey(Plotly)).ToList();
            charts.Should().AllSatisfy(chart =>
            {
                chart.Select(form => form.Key).Should().BeEquivalentTo("text/plain", "text/html", Plotly);
                NotebookText.FromJson(chart["text/html"]).Should().Contain("data-singleshot-chart");
                // This kernel sends every form as text.
                var figure = chart[Plotly] as JsonObject ?? JsonNode.Parse(NotebookText.FromJson(chart[Plotly])!)!;
                figure["data"]!.AsArray().Should().NotBeEmpty();
            });
            output.WriteLine($"{name}: {lesson.CodeCells.Count} cells, {charts.Count} charts, {lesson.Pictures} pictures, {updates[name]} updates");
            if (Path.GetDirectoryName(name) == "notebooks" && Chosen.TryGetValue(Path.GetFileNameWithoutExtension(name), out var expected))
            {
                charts.Should().HaveCount(expected.Charts, name);
                updates[name].Should().Be(expected.Updates, "{0} draws its dashboard anew in its place", name);
            }
        }
    }

    [Theory]
    [InlineData(KernelspecInstaller.DefaultName, "Microsoft.DotNet.Interactive.App")]
    [InlineData(KernelspecInstaller.NameBesideAnother, "Workbook")]
    public async Task BothKernels_StandSideBySide_AndEachHasItsName(string kernel, string program)
    {
        var lesson = await RunAsync(kernel, "System.Reflection.Assembly.GetEntryAssembly().GetName().Name");
        lesson.Texts.Should().ContainSingle().Which.Should().Contain(program);
    }

    [Fact]
    public async Task TwoNotebooks_StartedAtATime_BothRun()
    {
        await InteractiveClients.NeedAsync();
        await clients.PythonAsync(Path.GetTempPath(), "-c", "pass"); // the kernels are installed once
        var lessons = await Task.WhenAll(RunAsync(KernelspecInstaller.DefaultName, "$\"{6 * 7}\""), RunAsync(KernelspecInstaller.DefaultName, "$\"{6 * 7}\""));
        lessons.Should().AllSatisfy(lesson => lesson.Texts.Single().Should().Contain("42"));
    }

    [Fact]
    public async Task Charts_AfterTheReaderLoadedPlotlyFromAFolderWithoutFSharpCore_AreDrawn_AndThoseOfPlotlyItselfSayWhatToDo()
    {
        var library = Path.Combine(Repository.Root, "lib", "bin");
        using var packages = new TemporaryFolder();
        foreach (var name in new[] { "Plotly.NET.dll", "DynamicObj.dll", "Fable.Core.dll", "Giraffe.ViewEngine.dll" })
        {
            File.Copy(Path.Combine(library, name), packages.File(name));
        }
        var lesson = await RunAsync(
            KernelspecInstaller.DefaultName,
            $"""
            #r "{packages.File("DynamicObj.dll")}"
            #r "{packages.File("Plotly.NET.dll")}"
            new Plotly.NET.Trace("scatter").GetType().Assembly.Location
            """,
            $"""
            #r "{Path.Combine(library, "SingleShot.dll")}"
            #r "{Path.Combine(library, "SingleShot.Figures.dll")}"
            using SingleShot.Figures;
            using SingleShot.Figures.Plotting;
            Charts.Lines([new Curve("a", [(1, 2), (2, 3)])], new Axes("x", "y"))
            """,
            $$"""
            #r "{{Path.Combine(library, "FSharp.Core.dll")}}"
            string Said(Func<object> draw)
            {
                try { return draw().ToString(); } catch (Exception e) { return e.Message; }
            }
            Said(() => Charts.Of(Plotly.NET.GenericChart.ofTraceObject(false, new Plotly.NET.Trace("scatter"))))
            """);
        lesson.Errors.Should().BeEmpty();
        lesson.Texts[0].Should().Contain(packages.Path);
        lesson.Shown.Should().Contain(forms => forms.ContainsKey(Plotly));
        lesson.Texts[2].Should().ContainAll("FSharp.Core", "C# (workbook)", "Charts.Lines");
    }

    [Fact]
    public async Task Charts_AfterTheReaderLoadedAnOlderPlotly_AreNotDrawn_AndTheFirstSaysWhatToDo()
    {
        using var cells = new Cells();
        var older = cells.Build("Plotly.NET", "[assembly: System.Reflection.AssemblyVersion(\"5.1.0.0\")] namespace Plotly.NET { public class Trace { } }");
        var library = Path.Combine(Repository.Root, "lib", "bin");
        var lesson = await RunAsync(
            KernelspecInstaller.DefaultName,
            $"#r \"{older}\"\nnew Plotly.NET.Trace().GetType().Name",
            $$"""
            #r "{{Path.Combine(library, "SingleShot.dll")}}"
            #r "{{Path.Combine(library, "SingleShot.Figures.dll")}}"
            using SingleShot.Figures;
            try { Notebook.Start().ToHtml(); } catch (System.IO.IOException) { Console.WriteLine("no script"); }
            """);
        lesson.Texts[1].Should().Contain("no script");
        lesson.Warnings.Should().ContainSingle().Which.Should().ContainAll("Plotly.NET 5.1.0.0 is loaded already", older, "Restart the kernel", "6.0.0");
    }

    [Theory]
    [InlineData(KernelspecInstaller.DefaultName)]
    [InlineData(KernelspecInstaller.NameBesideAnother)]
    public async Task Labels_ThatAPageOfEitherKernelSends_AreSaved(string kernel)
    {
        var library = Path.Combine(Repository.Root, "lib", "bin");
        var lesson = await RunAsync(
            kernel,
            $"""
            #r "{Path.Combine(library, "SingleShot.dll")}"
            #r "{Path.Combine(library, "SingleShot.Core.dll")}"
            #r "{Path.Combine(library, "SingleShot.Figures.dll")}"
            using System.IO;
            using System.Net.Http;
            using SingleShot.Data.Labeling;
            using SingleShot.Figures;
            using SingleShot.Images;
            Directory.CreateDirectory("pictures");
            ImageFile.Write("pictures/a.png", new RgbImage(40, 30, new byte[3600]));
            var figure = Notebook.Label(LabelFolder.Open("pictures"));
            figure
            """,
            """
            var address = System.Text.RegularExpressions.Regex.Match(figure.ToHtml(), "http://127[^\"]+").Value;
            var page = new HttpClient();
            var answer = await page.PostAsync(address, new StringContent("{\"name\":\"a.png\",\"boxes\":[{\"left\":1,\"top\":2,\"right\":30,\"bottom\":20,\"name\":\"cat\"}]}"));
            var stranger = await page.GetAsync(address + "0");
            $"{answer.StatusCode} {stranger.StatusCode} {LabelFolder.Open("pictures").Pictures[0].Boxes[0]}"
            """);
        lesson.Errors.Should().BeEmpty();
        lesson.Texts[1].Should().Contain("OK NotFound LabeledBox { Box = BoundingBox { Left = 1, Top = 2, Right = 30, Bottom = 20");
    }

    private async Task<ExecutedLesson> RunAsync(string kernel, params string[] cells)
    {
        await InteractiveClients.NeedAsync();
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Repository.Root, InteractiveClients.Manifest), folder.File(InteractiveClients.Manifest));
        folder.Write(
            new JsonObject
            {
                ["nbformat"] = 4,
                ["nbformat_minor"] = 5,
                ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = kernel, ["display_name"] = "C#" } },
                ["cells"] = new JsonArray([.. cells.Select((cell, number) => new JsonObject
                {
                    ["cell_type"] = "code", ["id"] = $"cell-{number}", ["metadata"] = new JsonObject(), ["execution_count"] = null, ["outputs"] = new JsonArray(), ["source"] = cell,
                })]),
            }.ToJsonString(),
            "one.ipynb");
        var (exit, text) = await clients.PythonAsync(folder.Path, JupyterClients.Script("execute.py"), "out", "one.ipynb");
        exit.Should().Be(0, text);
        return ExecutedLesson.Read(folder.Path, "one.ipynb");
    }

    private static bool Runs(string name) => Environment.GetEnvironmentVariable("SINGLESHOT_LESSONS") == "all"
        || (Path.GetDirectoryName(name) == "notebooks" && Chosen.ContainsKey(Path.GetFileNameWithoutExtension(name)));

    [GeneratedRegex(@"(?m)^(?<name>\S+\.ipynb): (?<count>\d+) updates")]
    private static partial Regex Updates();
}
