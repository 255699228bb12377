using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using Workbook.Kernelspecs;
using Workbook.Notebooks;
using Xunit;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>The lessons in .NET Interactive, the tool, unchanged but for short parameters.</summary>
[Trait("Needs", "dotnet-interactive")]
public sealed partial class InteractiveTests(InteractiveClients clients, ITestOutputHelper output) : IClassFixture<InteractiveClients>
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    // Charts of each lesson, and whether it draws a figure anew. The others take longer and have nothing that these have not; SINGLESHOT_LESSONS=all runs them, too.
    private static readonly Dictionary<string, (int Charts, bool Moves)> Chosen = new()
    {
        ["01-default-boxes"] = (4, false), ["02-matching"] = (4, false), ["03-network"] = (6, false), ["05-training"] = (2, true),
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
                var figure = chart[Plotly] is JsonObject figureItself ? figureItself : JsonNode.Parse(NotebookText.FromJson(chart[Plotly])!)!;
                figure["data"]!.AsArray().Should().NotBeEmpty();
            });
            output.WriteLine($"{name}: {lesson.CodeCells.Count} cells, {charts.Count} charts, {lesson.Pictures} pictures, {updates[name]} updates");
            if (Path.GetDirectoryName(name) == "notebooks" && Chosen.TryGetValue(Path.GetFileNameWithoutExtension(name), out var expected))
            {
                charts.Should().HaveCount(expected.Charts, name);
                (updates[name] > 2).Should().Be(expected.Moves, "{0} draws its dashboard anew in its place", name);
            }
        }
    }

    [Fact]
    public async Task BothKernels_StandSideBySide_AndEachHasItsName()
    {
        await InteractiveClients.NeedAsync();
        using var folder = new TemporaryFolder();
        folder.Write(File.ReadAllText(Path.Combine(Repository.Root, InteractiveClients.Manifest)), InteractiveClients.Manifest);
        foreach (var (kernel, program) in new[] { (KernelspecInstaller.DefaultName, "Microsoft.DotNet.Interactive.App"), (KernelspecInstaller.NameBesideAnother, "Workbook") })
        {
            var notebook = new JsonObject
            {
                ["nbformat"] = 4,
                ["nbformat_minor"] = 5,
                ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = kernel, ["display_name"] = "C#" } },
                ["cells"] = new JsonArray(new JsonObject
                {
                    ["cell_type"] = "code", ["id"] = "one", ["metadata"] = new JsonObject(), ["execution_count"] = null, ["outputs"] = new JsonArray(),
                    ["source"] = "System.Reflection.Assembly.GetEntryAssembly().GetName().Name",
                }),
            };
            folder.Write(notebook.ToJsonString(), "asks.ipynb");
            var (exit, text) = await clients.PythonAsync(folder.Path, JupyterClients.Script("execute.py"), "out", "asks.ipynb");
            exit.Should().Be(0, text);
            ExecutedLesson.Read(folder.Path, "asks.ipynb").Texts.Single().Should().Contain(program);
        }
    }

    private static bool Runs(string name) => Environment.GetEnvironmentVariable("SINGLESHOT_LESSONS") == "all"
        || (Path.GetDirectoryName(name) == "notebooks" && Chosen.ContainsKey(Path.GetFileNameWithoutExtension(name)));

    [GeneratedRegex(@"(?m)^(?<name>\S+\.ipynb): (?<count>\d+) updates")]
    private static partial Regex Updates();
}
