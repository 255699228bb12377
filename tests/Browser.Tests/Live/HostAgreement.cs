using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Detection;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Onnx;
using SingleShot.Tests.Detection;
using Xunit;
using WorkbookCommand = Workbook.Commands.CommandLine;

namespace Browser.Tests.Live;

/// <summary>
/// The same 100 drawn pictures through four hosts of the same detector: a notebook's cell, the command, ONNX Runtime in a program, and the page in a browser. It prints a table in Markdown
/// when somebody asks for it: <c>dotnet run --project tests/Browser.Tests -- -explicit only -class '*HostAgreement' -showliveoutput</c>
/// </summary>
[Trait("Needs", "onnxruntime-web")]
public sealed class HostAgreement(Browser browser, LiveBook book, ITestOutputHelper output)
{
    private const int Pictures = 100;
    private const double Score = 0.05; // the lowest that the page's slider gives
    private const string Model = "shapes.onnx";

    [Fact(Explicit = true)]
    public async Task FourHosts_FindTheSame()
    {
        var page = book.Page;
        using var folder = new TemporaryFolder();
        var files = Enumerable.Range(0, Pictures).Select(index =>
        {
            var file = folder.File("pictures", $"{index:000}.png");
            ImageFile.Write(file, LiveBook.Picture(index));
            return file;
        }).ToList();

        var notebook = await NotebookAsync(folder);
        (string Name, HostRun Run)[] others =
        [
            ("`singleshot detect --json`", await CommandAsync(folder)),
            ("`OnnxDetector` in a program", OnnxRuntime(files)),
            ("the book's live detector, in Chromium", await BrowserAsync(page, files)),
        ];
        output.WriteLine("| host | detections | largest difference of a box, pixels | of a score | images/s |");
        output.WriteLine("|---|---:|---:|---:|---:|");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `Detector` in a notebook | {notebook.Found.Sum(found => found.Count)} | | | {notebook.Rate:0} |"));
        foreach (var (name, run) in others)
        {
            var agreements = run.Found.Zip(notebook.Found, (found, expected) => Agreement.Of(found, expected, boxes: 1e-3, scores: 1e-5, least: 0)).ToList();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {agreements.Sum(one => one.Count)} | {agreements.Max(one => one.Box):0.0e+0} | {agreements.Max(one => one.Score):0.0e+0} | {run.Rate:0} |"));
        }
    }

    private static async Task<HostRun> NotebookAsync(TemporaryFolder folder)
    {
        var notebook = new
        {
            cells = new[]
            {
                Cell($$"""
                    #r "{{Repository.Root}}/lib/bin/SingleShot.dll"
                    #r "{{Repository.Root}}/lib/bin/TorchSharp.dll"
                    using System.Diagnostics;
                    using System.IO;
                    using System.Text.Json;
                    using SingleShot.Detection;
                    using SingleShot.Images;
                    using SingleShot.Models;
                    using SingleShot.Training;
                    var network = Checkpoint.LoadNetwork("{{Repository.Root}}/notebooks/shapes-detector.safetensors");
                    var detector = new Detector(network, network.Specification.Detection with { ScoreThreshold = {{Score.ToString(CultureInfo.InvariantCulture)}} });
                    var pictures = Directory.GetFiles("pictures").Order().Select(ImageFile.Read).ToList();
                    """),
                Cell("""
                    detector.Detect(pictures[0]);
                    var clock = Stopwatch.StartNew();
                    var found = pictures.Select(detector.Detect).ToList();
                    File.WriteAllText("found.json", JsonSerializer.Serialize(new { Seconds = clock.Elapsed.TotalSeconds, Found = found }));
                    """),
            },
            metadata = new { kernelspec = new { display_name = ".NET (C#)", language = "C#", name = ".net-csharp" } },
            nbformat = 4,
            nbformat_minor = 4,
        };
        folder.Write(JsonSerializer.Serialize(notebook), "hosts.ipynb");
        await RunAsync("dotnet", typeof(WorkbookCommand).Assembly.Location, "run", folder.File("hosts.ipynb"), "--out", folder.File("out", "x"));

        var told = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("found.json"))).RootElement;
        return new HostRun(told.GetProperty("Found").Deserialize<DetectedObject[][]>()!, Pictures / told.GetProperty("Seconds").GetDouble());
    }

    private static async Task<HostRun> CommandAsync(TemporaryFolder folder)
    {
        var lines = await RunAsync(
            "dotnet", typeof(SingleShot.Cli.CommandLine).Assembly.Location, "detect", folder.File("pictures", ""), "--json", "--no-pictures",
            "--score", Score.ToString(CultureInfo.InvariantCulture), "--out", folder.File("detections"));
        var events = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToLookup(one => one.GetProperty("event").GetString());
        var found = events["picture"].OrderBy(one => one.GetProperty("picture").GetString(), StringComparer.Ordinal)
            .Select(one => (IReadOnlyList<DetectedObject>)[.. one.GetProperty("detections").EnumerateArray().Select(Read)]);
        return new HostRun([.. found], events["done"].Single().GetProperty("imagesPerSecond").GetDouble());
    }

    private static HostRun OnnxRuntime(IReadOnlyList<string> files)
    {
        var pictures = files.Select(ImageFile.Read).ToList();
        using var detector = new OnnxDetector(Path.Combine(AppContext.BaseDirectory, Model), new DetectionSettings(ScoreThreshold: Score));
        detector.Detect(pictures[0]);
        var clock = Stopwatch.StartNew();
        return new HostRun([.. pictures.Select(detector.Detect)], Pictures / clock.Elapsed.TotalSeconds);
    }

    private async Task<HostRun> BrowserAsync(string page, IReadOnlyList<string> files)
    {
        await using var live = await LivePage.StartAsync(await browser.OpenAsync(), page);
        await live.FoundAfterAsync(() => live.MoveAsync("score", Score));
        var found = new List<IReadOnlyList<DetectedObject>>();
        var milliseconds = 0.0;
        foreach (var file in files)
        {
            var one = await live.FoundAfterAsync(() => live.Page.SetInputFilesAsync("[data-live=file]", file));
            found.Add(one.Found);
            milliseconds += one.Milliseconds;
        }
        return new HostRun(found, Pictures / (milliseconds / 1000));
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, "{0}{1}", said, await error);
        return said;
    }

    private static object Cell(string code) => new { cell_type = "code", execution_count = (int?)null, metadata = new { }, outputs = Array.Empty<object>(), source = code };

    private static DetectedObject Read(JsonElement found)
    {
        var box = found.GetProperty("box");
        return new DetectedObject(
            new BoundingBox(box[0].GetDouble(), box[1].GetDouble(), box[2].GetDouble(), box[3].GetDouble()),
            found.GetProperty("label").GetInt32(), found.GetProperty("class").GetString()!, found.GetProperty("score").GetDouble());
    }

    /// <summary>What a host found in each picture, and how many pictures it took in a second.</summary>
    private sealed record HostRun(IReadOnlyList<IReadOnlyList<DetectedObject>> Found, double Rate);
}
