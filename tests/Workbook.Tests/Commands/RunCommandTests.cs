using System.Diagnostics;
using AwesomeAssertions;
using Workbook.Commands;
using Workbook.Notebooks;
using Workbook.Tests.Execution;
using Workbook.Tests.Notebooks;
using Xunit;

namespace Workbook.Tests.Commands;

[Collection(ConsoleCollection.Name)]
public sealed class RunCommandTests : IDisposable
{
    private const string Declared =
        "var epochs = 12; string data = \"x\"; var rate = 0.1; var fast = false; long seed = 1L; float? limit = null; var day = DayOfWeek.Monday;";

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task FailingCell_ExitsWith1_WritesTheCopy_AndRunsTheOthers()
    {
        _folder.Notebook("a.ipynb", "1", "throw new Exception(\"here\");", "3");
        _folder.Notebook("b.ipynb", "\"fine\"");
        (await Run()).Should().Be(1);
        var cells = _folder.Copy("a.ipynb")["cells"]!;
        cells[1]!["outputs"]![0]!["output_type"]!.GetValue<string>().Should().Be("error");
        cells[2]!["execution_count"].Should().BeNull();
        _folder.Copy("b.ipynb")["cells"]![0]!["outputs"]!.AsArray().Should().HaveCount(1);
        _output.ToString().Should().Contain("a.ipynb, cell 2, line 1").And.Contain("failed").And.Contain("ok").And.NotContain("\u001b");
    }

    [Fact]
    public async Task Copy_KeepsMetadataAndIds_AndTheInputIsUnchanged()
    {
        _folder.Notebook("a.ipynb", "5");
        var before = File.ReadAllText(_folder.File("a.ipynb"));
        (await Run()).Should().Be(0);
        var copy = _folder.Copy("a.ipynb");
        copy["metadata"]!["own"]!["kept"]!.GetValue<bool>().Should().BeTrue();
        copy["cells"]![0]!["id"]!.GetValue<string>().Should().Be("cell-0");
        copy["cells"]![0]!["execution_count"]!.GetValue<int>().Should().Be(1);
        File.ReadAllText(_folder.File("a.ipynb")).Should().Be(before);
    }

    [Theory]
    [InlineData("epochs=3", "epochs", "3")]
    [InlineData("data=a \"b\" \\n", "data", "a \"b\" \\n")]
    [InlineData("rate=1e-3", "rate", "0.001")]
    [InlineData("fast=true", "fast", "True")]
    [InlineData("seed=-9000000000", "seed", "-9000000000")]
    [InlineData("limit=2.5", "limit", "2.5")]
    [InlineData("limit=null", "limit", "<null>")]
    [InlineData("day=Friday", "day", "Friday")]
    public async Task Parameter_IsAssignedAfterTheParameterCell(string given, string name, string shown)
    {
        _folder.Notebook("a.ipynb", (Declared, "parameters"), (name, ""));
        (await Run("-p", given)).Should().Be(0, _error.ToString() + _output);
        var cells = _folder.Copy("a.ipynb")["cells"]!;
        cells[1]!["metadata"]!["tags"]![0]!.GetValue<string>().Should().Be("injected-parameters");
        NotebookText.FromJson(cells[2]!["outputs"]![0]!["data"]!["text/plain"]).Should().Be(shown);
    }

    [Theory]
    [InlineData("epochs=many", "many")]
    [InlineData("fast=1", "fast")]
    [InlineData("rate=NaN", "rate")]
    [InlineData("unknown=1", "epochs")]
    [InlineData("epochs", "name=value")]
    public async Task BadParameter_IsAUsageError(string given, string said)
    {
        _folder.Notebook("a.ipynb", (Declared, "parameters"));
        (await Run("-p", given)).Should().Be(2);
        _error.ToString().Should().Contain(said);
    }

    [Fact]
    public async Task ParameterThatOnlyOneNotebookHas_IsIgnoredByTheOther()
    {
        _folder.Notebook("a.ipynb", (Declared, "parameters"));
        _folder.Notebook("b.ipynb", "1");
        (await Run("-p", "epochs=1")).Should().Be(0);
    }

    [Theory]
    [InlineData("{ not json", "not JSON")]
    [InlineData("{}", "not a notebook")]
    public async Task FileThatIsNoNotebook_IsAUsageError(string text, string said)
    {
        _folder.Write(text, "a.ipynb");
        (await Run()).Should().Be(2);
        _error.ToString().Should().Contain("a.ipynb").And.Contain(said);
    }

    [Fact]
    public async Task CellOfAnotherLanguage_IsAUsageError()
    {
        _folder.Notebook("a.ipynb", "1");
        var text = File.ReadAllText(_folder.File("a.ipynb"));
        _folder.Write(text.Replace("\"metadata\":{},", "\"metadata\":{\"polyglot_notebook\":{\"kernelName\":\"fsharp\"}},"), "a.ipynb");
        (await Run()).Should().Be(2);
        _error.ToString().Should().Contain("cell 1").And.Contain("fsharp");
    }

    [Fact]
    public async Task FoldersOfAFolder_RunAfterItsOwnNotebooks_AndCopiesLieAsTheyDo()
    {
        Directory.CreateDirectory(_folder.File("answers"));
        Directory.CreateDirectory(_folder.File(".hidden"));
        _folder.Notebook("b.ipynb", "1");
        _folder.Notebook("answers/b.ipynb", "2");
        _folder.Notebook(".hidden/c.ipynb", "throw new Exception();");
        (await Run()).Should().Be(0);
        (await Run()).Should().Be(0, "the copies of a first run are not run by a second");
        _folder.Copy("b.ipynb")["cells"]![0]!["outputs"]![0]!["data"]!["text/plain"]!.ToJsonString().Should().Contain("1");
        _folder.Copy("answers/b.ipynb")["cells"]![0]!["outputs"]![0]!["data"]!["text/plain"]!.ToJsonString().Should().Contain("2");
        var lines = _output.ToString();
        lines.IndexOf("1 of 2: b.ipynb", StringComparison.Ordinal).Should().BeInRange(0, lines.IndexOf("2 of 2: answers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SolutionThatRunsAlone_LeavesTheLessonsCopyAsItIs()
    {
        Directory.CreateDirectory(_folder.File("answers"));
        _folder.Notebook("b.ipynb", "\"lesson\"");
        _folder.Notebook("answers/b.ipynb", "\"answer\"");
        foreach (var name in new[] { "b.ipynb", "answers/b.ipynb" })
        {
            (await CommandLine.RunAsync(["run", _folder.File(name), "--out", _folder.File("out")], _output, _error)).Should().Be(0);
        }

        _folder.Copy("b.ipynb").ToJsonString().Should().Contain("lesson").And.NotContain("answer");
        _folder.Copy("answers/b.ipynb").ToJsonString().Should().Contain("answer");
    }

    [Fact]
    public async Task Run_MakesABookOfTheCopies_EarlierOnesToo_AndSaysWhereItBegins()
    {
        _folder.Notebook("a.ipynb", "1");
        _folder.Notebook("b.ipynb", "Console.WriteLine(\"from b\"); throw new Exception(\"here\");");
        (await CommandLine.RunAsync(["run", _folder.File("b.ipynb"), "--out", _folder.File("out")], _output, _error)).Should().Be(1);
        (await CommandLine.RunAsync(["run", _folder.File("a.ipynb"), "--out", _folder.File("out")], _output, _error)).Should().Be(0);

        var start = _folder.File(Path.Combine("out", "book", "index.html"));
        _output.ToString().Should().Contain($"The book of them begins at {start}");
        File.ReadAllText(start).Should().Contain("href=\"a.html\"").And.Contain("href=\"b.html\"").And.Contain("ended early, in cell 1");
        File.ReadAllText(_folder.File(Path.Combine("out", "book", "b.html"))).Should().Contain("from b").And.Contain("here");
    }

    [Fact]
    public async Task OutFolderOfTheNotebookItself_IsAUsageError()
    {
        _folder.Notebook("a.ipynb", "1");
        (await CommandLine.RunAsync(["run", _folder.Path, "--out", _folder.Path], _output, _error)).Should().Be(2);
        _error.ToString().Should().Contain("the copy would replace it");
    }

    [Fact]
    public async Task MissingPath_IsAUsageError()
    {
        (await CommandLine.RunAsync(["run", _folder.File("nowhere")], _output, _error)).Should().Be(2);
        _error.ToString().Should().Contain("nowhere");
    }

    [Fact]
    public async Task OutFolderThatCannotBeMade_IsAUsageError_BeforeAnythingRuns()
    {
        _folder.Notebook("a.ipynb", "Console.WriteLine(\"ran\");");
        _folder.Write("", "file");
        (await CommandLine.RunAsync(["run", _folder.Path, "--out", _folder.File("file")], _output, _error)).Should().Be(2);
        _error.ToString().Should().Contain(_folder.File("file")).And.Contain("--out");
        _output.ToString().Should().BeEmpty();
    }

    [Fact]
    public async Task OptionThatThereIsNot_IsToldAsOne_AndNotAsAPath()
    {
        (await Run("--output", "elsewhere")).Should().Be(2);
        _error.ToString().Should().StartWith("There is no option --output; run --help names them.");
    }

    [Fact]
    public async Task NoPath_IsAUsageError() => (await CommandLine.RunAsync(["run"], _output, _error)).Should().Be(2);

    [Theory]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    public async Task Canceled_ExitsWith130_AndWritesTheCopy(string wait)
    {
        _folder.Notebook("a.ipynb", "1", $"Console.WriteLine(\"under way\"); {wait}", "2");
        using var stop = new CancellationTokenSource();
        using var output = new StoppingWriter("under way", stop);
        (await CommandLine.RunAsync(["run", _folder.Path, "--out", _folder.File("out")], output, _error, cancellation: stop.Token)).Should().Be(130);
        var cells = _folder.Copy("a.ipynb")["cells"]!.AsArray();
        cells.Select(cell => (int?)cell!["execution_count"]).Should().Equal(1, 2, null);
        cells[1]!["outputs"]!.ToJsonString().Should().Contain("under way").And.Contain("\"Interrupted\"");
    }

    [Fact]
    public async Task Run_ShowsWhatCellsReturn_AndGivesTheConsoleBack()
    {
        _folder.Notebook(
            "a.ipynb", "Console.SetOut(new System.IO.StringWriter());", "Console.WriteLine(\"in the next cell\");", "display(1)",
            "if (DateTime.Now.Year > 2000) { return \"early\"; }\nConsole.WriteLine(\"late\");",
            $"using var file = System.IO.File.Create(@\"{_folder.File("held")}\");");
        (await Run()).Should().Be(0);
        var outputs = _folder.Copy("a.ipynb")["cells"]!.AsArray().Select(cell => cell!["outputs"]!.AsArray()).ToList();
        outputs.Select(all => all.Count).Should().Equal(0, 1, 1, 1, 0);
        outputs[1].ToJsonString().Should().Contain("in the next cell");
        outputs[3].ToJsonString().Should().Contain("early");
        File.Open(_folder.File("held"), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
    }

    [Fact]
    public async Task Interrupted_TheProcessExitsWith130_AndWritesTheCopy()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sends a signal with Linux's tools.");
        _folder.Notebook("a.ipynb", "Console.WriteLine(\"under way\"); while (true) { }");
        // Shells start background jobs deaf to Ctrl+C; env lets the process hear it, whatever started the tests.
        string[] line = ["--default-signal=INT", "dotnet", typeof(CommandLine).Assembly.Location, "run", _folder.Path, "--out", _folder.File("out")];
        using var process = Process.Start(new ProcessStartInfo("env", line) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } shown && !shown.Contains("under way"))
        {
        }
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.Should().Be(130);
        _folder.Copy("a.ipynb")["cells"]![0]!["outputs"]!.ToJsonString().Should().Contain("under way");
    }

    private Task<int> Run(params string[] more) =>
        CommandLine.RunAsync(["run", _folder.Path, "--out", _folder.File("out"), .. more], _output, _error);

    /// <summary>Asks for a stop as soon as the words are written.</summary>
    private sealed class StoppingWriter(string words, CancellationTokenSource stop) : StringWriter
    {
        public override void Flush()
        {
            if (ToString().Contains(words, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
