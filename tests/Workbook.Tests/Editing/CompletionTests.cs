using AwesomeAssertions;
using Workbook.Editing.Completion;
using Workbook.Execution.Running;
using Workbook.Tests.Execution;
using Xunit;

namespace Workbook.Tests.Editing;

[Collection(ConsoleCollection.Name)]
public sealed class CompletionTests : IDisposable
{
    private readonly EditedSession _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task BeforeAnyCell_TheFrameworkAndTheCellFunctionsAreThere()
    {
        (await _notebook.Names("Console.Write|")).Should().Equal("Write", "WriteLine");
        (await _notebook.Names("disp|")).Should().Contain("display");
    }

    [Fact]
    public async Task EarlierCells_LeaveVariablesMethodsTypesAndUsings()
    {
        await _notebook.Run("using System.Globalization;\nvar total = 1; int Twice(int x) => 2 * x; record Point(int X); enum Side { Left, Right }");
        (await _notebook.Item("tot|", "total")).Kind.Should().Be("variable");
        (await _notebook.Item("Twi|", "Twice")).Kind.Should().Be("method");
        (await _notebook.Item("Poi|", "Point")).Kind.Should().Be("class");
        (await _notebook.Item("Side.Le|", "Left")).Kind.Should().Be("enummember");
        (await _notebook.Item("CultureI|", "CultureInfo")).Kind.Should().Be("class");
        (await _notebook.Names("new Point(1).X|")).Should().Equal("X");
    }

    [Fact]
    public async Task VariablesOfEveryForm_AreThere()
    {
        await _notebook.Run("""
            var (left, right) = (1, "two");
            int.TryParse("3", out var parsed);
            if ((object)parsed is int matched) { }
            const int Most = 9;
            int first = 1, second = 2;
            var row = new { Width = 3, Name = "a" };
            dynamic loose = 1;
            string Title { get; set; } = "";
            """);
        (await _notebook.Names("right.Subs|")).Should().Equal("Substring");
        (await _notebook.Names("parsed.CompareT|")).Should().Equal("CompareTo");
        (await _notebook.Names("row.Wi|")).Should().Equal("Width");
        (await _notebook.Names("row.Name.Subs|")).Should().Equal("Substring");
        (await _notebook.Names("secon|")).Should().Contain("second");
        (await _notebook.Names("Title.Subs|")).Should().Equal("Substring");
        (await _notebook.Item("Mos|", "Most")).Kind.Should().Be("constant");
        (await _notebook.Names("loos|")).Should().Contain("loose");
    }

    [Fact]
    public async Task VariableAndMethodDeclaredAgain_NewestWins()
    {
        await _notebook.Run("var x = 1; int F() => 1;");
        await _notebook.Run("var x = \"two\"; string F() => \"\";");
        (await _notebook.Names("x.Subs|")).Should().Equal("Substring");
        (await _notebook.Names("F().Subs|")).Should().Equal("Substring");
        (await _notebook.Names("var x = new List<int>();\nx.AddR|")).Should().Equal("AddRange");
    }

    [Fact]
    public async Task TypeDeclaredAgain_VariablesOfTheOldOneKeepIt()
    {
        await _notebook.Run("record A(int OldMember); var old = new A(1);");
        await _notebook.Run("record A(string NewMember); var now = new A(\"\");");
        await _notebook.Run("var copy = old; var list = new List<A>();");
        (await _notebook.Names("old.Ol|")).Should().Equal("OldMember");
        (await _notebook.Names("copy.Ol|")).Should().Equal("OldMember");
        (await _notebook.Names("now.New|")).Should().Equal("NewMember");
        (await _notebook.Names("list[0].New|")).Should().Equal("NewMember");
        (await _notebook.Names("new A(\"\").New|")).Should().Equal("NewMember");
    }

    [Fact]
    public async Task OneCellRunManyTimes_LeavesOneOfEach()
    {
        for (var times = 0; times < 5; times++)
        {
            await _notebook.Run("using N = System.Text.StringBuilder; class Net { public int Layers; } var net = new Net();");
        }
        (await _notebook.Names("net.Layer|")).Should().Equal("Layers");
        (await _notebook.Names("new N().AppendL|")).Should().Equal("AppendLine");
    }

    [Fact]
    public async Task CellThatDidNotCompile_LeavesNothing_OneThatThrewItsDeclarations()
    {
        (await _notebook.Run("var broken = nowhere;")).Should().Be(CellResult.Failed);
        (await _notebook.Run("var begun = 1; throw new InvalidOperationException();")).Should().Be(CellResult.Failed);
        (await _notebook.Names("brok|")).Should().NotContain("broken");
        (await _notebook.Names("begu|")).Should().Contain("begun");
    }

    [Fact]
    public async Task ExtensionMethodOfAnEarlierCell_IsOfferedOnItsReceiver()
    {
        await _notebook.Run("static int Doubled(this int x) => 2 * x;");
        (await _notebook.Names("3.Doub|")).Should().Equal("Doubled");
    }

    [Theory]
    [InlineData("nowhere(; words.AddR|\nvar y = 2;", "AddRange")]
    [InlineData("var z = await Task.FromResult(words);\nz.AddR|", "AddRange")]
    [InlineData("words.Where(w => w.Subs|", "Substring")]
    [InlineData("foreach (var w in words) { w.Subs|", "Substring")]
    [InlineData("$\"{words.AddR|}\"", "AddRange")]
    [InlineData("new StringBuilder { Capa|", "Capacity")]
    [InlineData("var p = new Point(1); var q = p with { |", "X")]
    [InlineData("if (new Point(1) is { |", "X")]
    [InlineData("words?.AddR|", "AddRange")]
    [InlineData("words.\n    AddR|\nvar after = 1;", "AddRange")]
    [InlineData("words.RemoveAll(mat|", "match")]
    [InlineData("var a = 1;\nusing var stream = new System.IO.MemoryStream();\nstream.Writ|", "WriteByte")]
    public async Task UnfinishedCell_IsUnderstood(string marked, string expected)
    {
        await _notebook.Run("var words = new List<string>(); record Point(int X);");
        (await _notebook.Names(marked)).Should().Contain(expected);
    }

    [Theory]
    [InlineData("\"Cons|\"")]
    [InlineData("// Cons|")]
    [InlineData("var name|")]
    public async Task WhereNoNameOfOursBelongs_NothingIsOffered(string marked) =>
        (await _notebook.Names(marked)).Should().NotContain("Console");

    [Fact]
    public async Task NameThatIsAKeyword_GoesInWithItsSign()
    {
        await _notebook.Run("var @class = 1;");
        (await _notebook.Names("@cla|")).Should().Contain("@class");
    }

    [Fact]
    public async Task GenericType_GoesInWithoutItsArguments() => (await _notebook.Names("new Dictionar|")).Should().Contain("Dictionary");

    [Fact]
    public async Task WhatFitsBest_ComesFirst()
    {
        await _notebook.Run("int Loss = 1, loss = 2, LineOfSightSum = 3, gloss = 4;");
        (await _notebook.Names("Loss|")).Where(name => name.Contains("oss", StringComparison.Ordinal)).Should().Equal("Loss", "loss", "gloss");
        (await _notebook.Names("LOS|")).Should().Contain("LineOfSightSum");
    }

    [Fact]
    public async Task TypeThatIsExpected_ComesFirst() =>
        (await _notebook.Names("DayOfWeek day = |")).Take(2).Should().Contain("DayOfWeek");

    [Fact]
    public async Task AfterAHundredCells_FirstAndNewestAreThere()
    {
        for (var cell = 0; cell < 100; cell++)
        {
            await _notebook.Run($"var value{cell} = new List<int>(); int Method{cell}(int a) => a; record Record{cell}(int A);");
            if (cell is 9 or 99)
            {
                (await _notebook.Names("new Recor|")).Should().Contain(["Record0", $"Record{cell}"]);
                (await _notebook.Names("value0.AddR|")).Should().Equal("AddRange");
                (await _notebook.Names($"value{cell}.AddR|")).Should().Equal("AddRange");
            }
        }
    }

    [Fact]
    public async Task Positions_CountCodePoints()
    {
        await _notebook.Run("var text = \"\";");
        var list = await _notebook.Complete("var s = \"😀😀\"; text.Sub|str(1)");
        (list.Start, list.End).Should().Be((19, 25)); // 15 characters and 4 of "text" with its dot: each 😀 counts once
        list.Items.Single().Text.Should().Be("Substring");
    }

    [Fact]
    public async Task ReferencedAssembly_HasItsDocumentation_BeforeAndAfterItsCellRan()
    {
        _notebook.Library("Shapes", "public class Box { /// <summary>How wide it is, in <see cref=\"System.Int32\"/>.</summary>\npublic int Width; }");
        var before = await _notebook.Item("#r \"Shapes.dll\"\nnew Box().Wi|", "Width");
        await _notebook.Run("#r \"Shapes.dll\"\nvar box = new Box();");
        var after = await _notebook.Item("box.Wi|", "Width");
        before.Should().Be(after);
        after.Should().Be(new CompletionItem("Width", "field", "(field) int Box.Width", "How wide it is, in int."));
    }

    [Fact]
    public async Task ReferenceThatWasOnlyTyped_LeavesTheSessionAlone()
    {
        _notebook.Library("Typed", "public class Typed { }");
        (await _notebook.Names("#r \"Typed.dll\"\nnew Type|")).Should().Contain("Typed");
        (await _notebook.Names("new Type|")).Should().NotContain("Typed");
        File.Delete(_notebook.Folder.File("Typed.dll"));
        (await _notebook.Run("1")).Should().Be(CellResult.Done);
    }

    [Fact]
    public async Task Framework_HasItsDocumentation()
    {
        Assert.SkipUnless(HasReferencePack(), "No .NET SDK's reference assemblies on this machine.");
        (await _notebook.Item("Console.WriteL|", "WriteLine")).Documentation.Should().Contain("line terminator");
    }

    [Fact]
    public async Task Directives_AreCompletedWithCommandsAndFiles()
    {
        _notebook.Library("Shapes", "public class Box { }");
        _notebook.Folder.Write("", "part.cs");
        Directory.CreateDirectory(_notebook.Folder.File("sub"));
        (await _notebook.Names("#!im|")).Should().Equal("#!import");
        (await _notebook.Names("#r \"|")).Should().Equal("Shapes.dll", "sub/", "../");
        (await _notebook.Names("var x = 1;\n#!import p|")).Should().Equal("part.cs");
        (await _notebook.Names("#r \"sub/../Sha|")).Should().Equal("Shapes.dll");
        (await _notebook.Names("var t = \"\"\"\n#r|\n\"\"\";")).Should().BeEmpty();
    }

    [Fact]
    public async Task Directives_AreThoseThatCellsFollow()
    {
        var names = await _notebook.Names("#|");
        names.Should().Equal("#r", "#i", "#load", "#!import", "#!time", "#!who", "#!whos", "#!about");
        foreach (var name in names)
        {
            (await _notebook.Refusal($"{name} \"\"")).Should().NotContain("not a command");
        }
        (await _notebook.Refusal("#!nothing")).Should().ContainAll(names);
    }

    [Fact]
    public async Task WhileACellRuns_QuestionsAreAnswered()
    {
        await _notebook.Run("var ready = 1;");
        using var gate = new ManualResetEventSlim();
        AppDomain.CurrentDomain.SetData("editing-gate", gate);
        var running = _notebook.Run("((System.Threading.ManualResetEventSlim)AppContext.GetData(\"editing-gate\")).Wait();");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _notebook.Names("read|"))).WaitAsync(LastResort.Limit);
        running.IsCompleted.Should().BeFalse();
        gate.Set();
        (await running).Should().Be(CellResult.Done);
        answers.Should().AllSatisfy(names => names.Should().Contain("ready"));
    }

    private static bool HasReferencePack() =>
        Directory.Exists(Path.GetFullPath("../../../packs/Microsoft.NETCore.App.Ref", Path.GetDirectoryName(typeof(object).Assembly.Location)!));
}
