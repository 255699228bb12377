using AwesomeAssertions;
using Workbook.Outputs;
using Xunit;

namespace Workbook.Tests.Execution.Directives;

[Collection(ConsoleCollection.Name)]
public sealed class DirectiveTests : IDisposable
{
    private readonly Cells _cells = new();

    public void Dispose() => _cells.Dispose();

    [Theory]
    [InlineData("#!fsharp\nlet x = 1", "hold C# and no other language")]
    [InlineData("#!pip install torch", "#r \"nuget: Name, Version\"")]
    [InlineData("%matplotlib inline", "'%matplotlib' is not a command here")]
    [InlineData("%%bash\nls", "'%%bash'")]
    [InlineData("!ls -la", "do not run shell commands")]
    [InlineData("// a comment\n!ls", "'!ls'")]
    [InlineData("#!share --from fsharp x", "'#!share'")]
    [InlineData("#!import", "#!import needs a file")]
    [InlineData("#i \"folder\"", "write #i \"nuget: source\"")]
    public async Task CommandOfAnotherNotebook_IsAPlainSentence(string code, string words)
    {
        var error = await _cells.Fails(code);
        error.Name.Should().Be("DirectiveError");
        error.Message.Should().Contain(words);
        error.Line.Should().Be(code.StartsWith("//", StringComparison.Ordinal) ? 2 : 1);
    }

    [Fact]
    public async Task UnknownCommand_NamesThoseThatExist() =>
        (await _cells.Fails("1;\n#!nothing")).Message.Should().ContainAll("#r", "#load", "#!import", "#!time", "#!who", "#!whos", "#!about");

    [Fact]
    public async Task Negation_IsNoShellCommand()
    {
        await _cells.Run("var ready = false;");
        (await _cells.Result("!ready")).Should().Be("True");
        (await _cells.Fails("!ready.Length")).Name.Should().Be("CompilationError", "a variable is not a shell command");
    }

    [Fact]
    public async Task Remainder_IsNoMagic() => (await _cells.Result("var x = 7\n% 4;\nx")).Should().Be("3");

    [Theory]
    [InlineData("#!csharp\n1 + 1")]
    [InlineData("#!c#\n1 + 1")]
    public async Task NameOfTheOnlyLanguage_ChangesNothing(string code) => (await _cells.Result(code)).Should().Be("2");

    [Fact]
    public async Task Time_IsShownAfterTheResult_AndAlsoWhereTheCellFails()
    {
        (await _cells.Result("#!time\nawait Task.Yield();\n5")).Should().Be("5");
        _cells.Outputs[^1].Should().BeOfType<DisplayOutput>().Which.Data.PlainText.Should().MatchRegex(@"^Wall time: \d+(\.\d)? ms$");
        await _cells.Run("#!time\nthrow new Exception();");
        _cells.Displays.Should().StartWith("Wall time");
    }

    [Fact]
    public async Task Whos_ListsTheNewestVariables_WithTypeAndValue()
    {
        await _cells.Run("var x = 1; var names = new List<string> { \"a\" };");
        await _cells.Run("var x = 2.5; int? none = null; var longText = new string('a', 500);");
        await _cells.Run("#!whos");
        _cells.Displays.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Should().Equal(
            $"longText string {new string('a', 60)}…", "names List<string> [ a ]", "none int? <null>", "x double 2.5");
        _cells.Outputs.OfType<DisplayOutput>().Single().Data.Forms["text/html"].Should().Contain("List&lt;string&gt;");
    }

    [Fact]
    public async Task Whos_BelowTheCode_SeesWhatTheCellDeclares_AndAbove_DoesNot()
    {
        await _cells.Run("#!who\nvar declared = 1;");
        _cells.Displays.Should().Be("(no variables)");
        await _cells.Run("var another = 1;\n#!who");
        _cells.Displays.Should().Be("another declared");
    }

    [Fact]
    public async Task Whos_DoesNotRunQueries()
    {
        await _cells.Run("var runs = 0; var query = Enumerable.Range(0, 3).Select(x => runs++);");
        await _cells.Run("#!whos");
        _cells.Displays.Should().Contain("(a sequence)");
        (await _cells.Result("runs")).Should().Be("0");
    }

    [Fact]
    public async Task About_NamesTheVersions()
    {
        await _cells.Run("#!about");
        _cells.Displays.Should().ContainAll("Workbook ", Environment.Version.ToString(), "C#", "Roslyn 5.");
    }

    [Fact]
    public async Task Load_StartsFromTheNotebooksFolder_AndNestedFromTheFilesOwn()
    {
        Directory.CreateDirectory(_cells.Folder.File("parts"));
        _cells.Folder.Write("#load \"inner.csx\"\nint Outer() => Inner() + 1;", "parts/outer.csx");
        _cells.Folder.Write("int Inner() => 1;", "parts/inner.csx");
        (await _cells.Result("#load \"parts/outer.csx\"\nOuter()")).Should().Be("2");
        (await _cells.Result("Inner()")).Should().Be("1");
    }

    [Fact]
    public async Task LoadedAgainAfterAChange_IsTheNewText()
    {
        _cells.Folder.Write("int A() => 1;", "a.csx");
        (await _cells.Result("#load \"a.csx\"\nA()")).Should().Be("1");
        _cells.Folder.Write("int A() => 2;", "a.csx");
        (await _cells.Result("#load \"a.csx\"\nA()")).Should().Be("2");
    }

    [Fact]
    public async Task LoadOfAMissingFile_NamesThePathAndTheLine()
    {
        var error = await _cells.Fails("\n#load \"none.csx\"\n1");
        error.Message.Should().Contain("none.csx");
        error.Line.Should().Be(2);
    }

    [Fact]
    public async Task ErrorInALoadedFile_IsPlacedThere()
    {
        _cells.Folder.Write("\n\nint A() => nowhere;", "bad.csx");
        var error = await _cells.Fails("#load \"bad.csx\"\nA()");
        error.Message.Should().Contain("bad.csx (3,12)").And.Contain("CS0103");
        error.Line.Should().BeNull("the line is not of the cell");
        error.Traceback.Should().Contain(line => line.Contains("int A() => nowhere;"));
    }

    [Fact]
    public async Task FilesThatLoadEachOther_EndInAnErrorOrAResult_NotInALoop()
    {
        _cells.Folder.Write("#load \"b.csx\"\nint A() => 1;", "a.csx");
        _cells.Folder.Write("#load \"a.csx\"\nint B() => 2;", "b.csx");
        (await _cells.Result("#load \"a.csx\"\nA() + B()")).Should().Be("3");
    }

    [Theory]
    [InlineData("none.cs", "there is no file")]
    [InlineData(".", "there is no file")]
    public async Task ImportOfAMissingFile_IsSaidPlainly(string path, string words) =>
        (await _cells.Fails($"#!import {path}")).Message.Should().Contain(words);

    [Fact]
    public async Task DirectiveInsideAnInactiveBranch_IsNotFollowed() =>
        (await _cells.Result("#if NEVER\n#!fsharp\n#r \"nuget: Nothing\"\n#endif\n3")).Should().Be("3");
}
