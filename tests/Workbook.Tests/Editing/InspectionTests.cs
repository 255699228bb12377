using AwesomeAssertions;
using Workbook.Editing.Inspection;
using Workbook.Tests.Execution;
using Xunit;

namespace Workbook.Tests.Editing;

[Collection(ConsoleCollection.Name)]
public sealed class InspectionTests(DocumentedNotebook documented) : IClassFixture<DocumentedNotebook>
{
    private readonly EditedSession _notebook = documented.Session;

    [Theory]
    [InlineData("numb|er", "(variable) int number = 42")]
    [InlineData("number|", "(variable) int number = 42")]
    [InlineData("|number", "(variable) int number = 42")]
    [InlineData("word|", "(variable) string word = \"a\\nb\"")]
    [InlineData("words|", "(variable) List<string> words")]
    [InlineData("row|", "(variable) <anonymous type: int X> row")]
    [InlineData("var| z = words", "class System.Collections.Generic.List<string>")]
    [InlineData("Most|", "(constant) int Most = 9")]
    [InlineData("words.Cou|nt", "int List<string>.Count { get; }")]
    [InlineData("Side.Left|", "Side.Left = 0")]
    [InlineData("words.Where(w| => true)", "(parameter) string w")]
    [InlineData("string? maybe| = null;", "(variable) string? maybe")]
    [InlineData("int number| = 1;", "(variable) int number")]
    [InlineData("{ int inner| = 1; }", "(local variable) int inner")]
    [InlineData("int| x;", "readonly struct System.Int32")]
    [InlineData("Wid|e<int>(3)", "int Wide<int>(int x)")]
    [InlineData("new Point|(1, 2)", "Point.Point(int X, int Y)")]
    [InlineData("Point p = new|(1, 2);", "Point.Point(int X, int Y)")]
    public async Task Name_ShowsItsDeclaration(string marked, string expected)
    {
        var shown = (await _notebook.Plain(marked)).Split('\n')[0].Split("  //")[0];
        shown.Should().Be(expected);
    }

    [Theory]
    [InlineData("i|f (true) { }")]
    [InlineData("\"te|xt\"")]
    [InlineData("// wo|rd")]
    [InlineData("1 + |2")]
    [InlineData("nowhere|")]
    [InlineData("|")]
    public async Task WhatIsNoName_HasNothingToSay(string marked) => (await _notebook.Inspect(marked)).Should().BeNull();

    [Fact]
    public async Task OwnDocumentation_IsShown() =>
        (await _notebook.Plain("Ad|d(1)")).Should().Be("int Add(int x)\n\nAdds two.\n\nParameters:\n- x: To this.");

    [Fact]
    public async Task FullDetail_TellsAllThatIsDocumented()
    {
        (await _notebook.Inspect("box.Mo|ve<string>(1)", InspectionDetail.Full)).Should().Be(new CellInspection(
            """
            string? Box.Move<string>(int x, string y = "d")
            void Box.Move(int x)
            void Box.Move(int x, double y, params int[] more)

            Moves it, see Box, by x and never null.

            Type parameters:
            - T: What comes back.

            Parameters:
            - x: To the right, in pixels.
            - y: Down.

            Returns: The T.

            Exceptions:
            - ArgumentException: Too far.

            Remarks: First.

            Second:

            - one: the first
            - two

                if (x)
                  y;
            """,
            """
            ```csharp
            string? Box.Move<string>(int x, string y = "d")
            void Box.Move(int x)
            void Box.Move(int x, double y, params int[] more)
            ```

            Moves it, see `Box`, by `x` and never `null`.

            **Type parameters**

            - `T`: What comes back.

            **Parameters**

            - `x`: To the right, in `pixels`.
            - `y`: Down.

            **Returns** The `T`.

            **Exceptions**

            - `ArgumentException`: Too far.

            **Remarks** First.

            Second:

            - one: the first
            - two

            ```csharp
            if (x)
              y;
            ```
            """));
    }

    [Fact]
    public async Task RecordsProperty_SaysWhatItsParameterDoes() =>
        (await _notebook.Plain("new Shapes.Spot(1).Y|")).Should().Be("int Spot.Y { get; init; }\n\nHow far down.");

    [Fact]
    public async Task InheritedDocumentation_IsFollowed() =>
        (await _notebook.Plain("new Shapes.Crate().Move|<string>(1)")).Should().Contain("Moves it, see Box");

    [Theory]
    [InlineData("box.Move(|", "void Box.Move(int x)", "x")]
    [InlineData("box.Move(1, |", "T? Box.Move<T>(int x, string y = \"d\") where T : class", "y")]
    [InlineData("box.Move(1, 2.5|", "void Box.Move(int x, double y, params int[] more)", "y")]
    [InlineData("box.Move(1, 2.5, 3, 4, |", "void Box.Move(int x, double y, params int[] more)", "more")]
    [InlineData("box.Move(1, \"a\"|)", "T? Box.Move<T>(int x, string y = \"d\") where T : class", "y")]
    [InlineData("box.Move(more: null, y: |", "void Box.Move(int x, double y, params int[] more)", "y")]
    [InlineData("Console.Write(box.Move(|", "void Box.Move(int x)", "x")]
    [InlineData("box.Move(Math.Max(1, 2), 0.5, |\nvar after = 1;", "void Box.Move(int x, double y, params int[] more)", "more")]
    public async Task InsideACall_TheOverloadAndTheParameterAreFound(string marked, string active, string parameter)
    {
        var call = (await _notebook.Signatures(marked))!;
        call.Overloads.Should().HaveCount(3);
        call.Overloads[0].Documentation.Should().Be("Moves it at once.");
        call.Overloads[call.Active].Text.Should().Be(active);
        call.Overloads[call.Active].Parameters[call.ActiveParameter!.Value].Should().Be(parameter);
    }

    [Theory]
    [InlineData("box[1, |]", "int Box.this[int row, int column] { get; }", "column")]
    [InlineData("new List<int>(|", "List<int>.List()", null)]
    [InlineData("List<int> l = new(3|)", "List<int>.List(int capacity)", "capacity")]
    [InlineData("Func<int, string> f = null; f(|", "string Func<int, string>.Invoke(int arg)", "arg")]
    [InlineData("new List<int>().Select(|", "(extension) IEnumerable<TResult> IEnumerable<int>.Select<int, TResult>(Func<int, TResult> selector)", "selector")]
    [InlineData("class D : Shapes.Box { public D(int a) { } public D() : this(1|", "D.D(int a)", "a")]
    [InlineData("box?[|", "int Box.this[int row, int column] { get; }", "row")]
    [InlineData("[Obsolete(|", "ObsoleteAttribute.ObsoleteAttribute()", null)]
    public async Task EveryKindOfCall_HasSignatures(string marked, string signature, string? parameter)
    {
        var call = (await _notebook.Signatures(marked))!;
        var active = call.Overloads[call.Active];
        active.Text.Should().Be(signature);
        (call.ActiveParameter is { } index ? active.Parameters[index] : null).Should().Be(parameter);
    }

    [Theory]
    [InlineData("box.Move(1)|")]
    [InlineData("(1 + |2)")]
    [InlineData("Action a = () => { |")]
    [InlineData("Task.Run(() => { |")]
    [InlineData("nowhere(|")]
    public async Task OutsideACall_ThereAreNone(string marked) => (await _notebook.Signatures(marked)).Should().BeNull();

    [Fact]
    public async Task InsideACall_TheInspectionPointsAtTheParameter()
    {
        (await _notebook.Plain("new Shapes.Box().Move(1, y: \"a\", |")).Should().Contain("more overload");
        (await _notebook.Plain("new Shapes.Box().Move<string>(1, |")).Should().Contain("- x: To").And.Contain("- → y: Down.");
    }

    [Fact]
    public async Task SurrogatesBeforeTheCursor_DoNotShiftIt() =>
        (await _notebook.Plain("var s = \"😀😀😀\"; wor|d")).Should().StartWith("(variable) string word");
}
