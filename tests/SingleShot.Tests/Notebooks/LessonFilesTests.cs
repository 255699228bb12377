using System.Text.Json;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using Xunit;

namespace SingleShot.Tests.Notebooks;

public class LessonFilesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "notebooks");

    public static TheoryData<string> Lessons => [.. NotebooksIn("")];

    public static TheoryData<string> Solutions => [.. NotebooksIn("solutions")];

    public static TheoryData<string> All => [.. NotebooksIn(""), .. NotebooksIn("solutions")];

    [Theory]
    [MemberData(nameof(All))]
    public void CommittedLesson_HasNoOutputs(string lesson) => CodeCells(lesson).Should().AllSatisfy(cell =>
    {
        cell.GetProperty("outputs").GetArrayLength().Should().Be(0);
        cell.GetProperty("execution_count").ValueKind.Should().Be(JsonValueKind.Null);
    });

    /// <remarks>
    /// VS Code makes each cell's language of the notebook's: C# gives csharp, which its C# kernels take. Of any other name, that of .NET
    /// Interactive's own notebooks among them, a cell is not even sent to the kernel. .NET Interactive knows its notebooks by the kernelspec.
    /// </remarks>
    [Theory]
    [MemberData(nameof(All))]
    public void Lesson_OpensAsCSharp_InVsCode_Jupyter_AndDotNetInteractive(string lesson)
    {
        var metadata = Read(lesson).GetProperty("metadata");
        var language = metadata.GetProperty("language_info");

        language.GetProperty("name").GetString().Should().Be("C#");
        language.GetProperty("codemirror_mode").GetString().Should().Be("text/x-csharp");
        metadata.GetProperty("kernelspec").GetProperty("name").GetString().Should().Be(".net-csharp");
        CodeCells(lesson).Should().AllSatisfy(cell =>
            cell.GetProperty("metadata").GetProperty("polyglot_notebook").GetProperty("kernelName").GetString().Should().Be("csharp"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Lesson_KeepsToTheCommonSubset(string lesson)
    {
        var lines = CodeCells(lesson).SelectMany(cell => Text(cell).Split('\n')).ToList();

        lines.Should().NotContain(line => line.StartsWith("#!", StringComparison.Ordinal) && !line.StartsWith("#!import", StringComparison.Ordinal));
        lines.Should().NotContain(line => line.StartsWith('%'));
        lines.Should().NotContain(line => line.StartsWith("namespace ", StringComparison.Ordinal));
        lines.Should().Contain("using System.IO;", "it is not among the usings that both hosts begin with");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Lesson_HasNoCodeThatScrolls(string lesson) =>
        CodeCells(lesson).SelectMany(cell => Text(cell).Split('\n')).Should().OnlyContain(line => line.Length <= 110);

    /// <remarks>
    /// TorchSharp's optimizers, and <c>ToDouble</c> and the like, make numbers that a garbage collection may free while libtorch reads
    /// them, as <c>ScalarArithmetic</c> tells. <c>MomentumSgd</c> and <c>item</c> do not.
    /// </remarks>
    [Theory]
    [MemberData(nameof(All))]
    public void Lesson_StepsAndReadsNumbers_ByWhatTheGarbageCollectorCannotBreak(string lesson) =>
        CodeCells(lesson).SelectMany(cell => Text(cell).Split('\n')).Should().NotContain(
            line => Regex.IsMatch(line, @"\boptim\.|\.To(Boolean|Byte|Double|Half|Int\d+|SByte|Scalar|Single)\(\)"));

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Lesson_TellsWhatItTeachesAndHowLongItTakes_AndHasParametersAndExercises(string lesson)
    {
        var cells = Read(lesson).GetProperty("cells").EnumerateArray().ToList();

        Text(cells[0]).Should().ContainAll("**You will learn**", "**Before you start:**", "**Time:**");
        cells.Count(cell => cell.GetProperty("metadata").TryGetProperty("tags", out var tags)
            && tags.EnumerateArray().Any(tag => tag.GetString() == "parameters")).Should().Be(1);
        cells.Should().ContainSingle(cell => Text(cell).StartsWith("## Summary", StringComparison.Ordinal));
        cells.Should().ContainSingle(cell => Text(cell).StartsWith("## Exercises", StringComparison.Ordinal));
        Text(cells[^1]).Should().Contain($"(solutions/{lesson})");
    }

    /// <remarks>The text has decimal points, and 360.616 would be another number in German than in English.</remarks>
    [Theory]
    [MemberData(nameof(Lessons))]
    public void Lesson_WritesNumbersAsItsTextDoes_WhateverTheLanguageOfTheMachine(string lesson) =>
        Text(CodeCells(lesson)[0]).Should().Contain("CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;");

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Lesson_HasThreeToSixExercises_EachAStubWithACheck(string lesson)
    {
        var exercises = Exercises(lesson);

        exercises.Count.Should().BeInRange(3, 6);
        exercises.Select(exercise => exercise.Check).Should().AllSatisfy(check => check.Should().EndWith(")"), "its verdict is the cell's result");
        exercises.Select((exercise, i) => exercise.Check.StartsWith($"Exercise.Check({i + 1},", StringComparison.Ordinal)).Should().NotContain(false);
        exercises.Should().AllSatisfy(exercise =>
        {
            exercise.Answer.Should().Contain("// yours");
            exercise.Answer.Should().ContainAny("throw new NotImplementedException()", "= null;");
        });
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Solutions_AnswerEachExercise_AndAreCheckedAsTheReaderIs(string lesson)
    {
        var solved = Exercises(Path.Combine("solutions", lesson));

        solved.Select(exercise => exercise.Check).Should().Equal(Exercises(lesson).Select(exercise => exercise.Check));
        solved.Should().AllSatisfy(exercise => exercise.Answer.Should().NotContain("NotImplementedException").And.NotContain("= null;"));
    }

    [Theory]
    [MemberData(nameof(Solutions))]
    public void Solutions_AreThoseOfALesson(string solutions) => NotebooksIn("").Should().Contain(Path.GetFileName(solutions));

    [Theory]
    [MemberData(nameof(All))]
    public void Links_LeadToNotebooksThatAreThere(string notebook)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Folder, notebook))!;
        var cells = Read(notebook).GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("cell_type").GetString() == "markdown");

        cells.SelectMany(cell => Regex.Matches(Text(cell), @"\]\(([^)#:]+\.ipynb)")).Select(link => link.Groups[1].Value)
            .Should().AllSatisfy(link => File.Exists(Path.Combine(folder, link)).Should().BeTrue(link));
    }

    private static IEnumerable<string> NotebooksIn(string folder) =>
        Directory.GetFiles(Path.Combine(Folder, folder), "*.ipynb").Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal);

    /// <summary>The cells of a notebook's exercises, each divided into the reader's part and the check.</summary>
    private static List<(string Answer, string Check)> Exercises(string notebook) =>
        [.. CodeCells(notebook).Select(Text).Select(text => (text, At: text.IndexOf("Exercise.Check(", StringComparison.Ordinal)))
            .Where(cell => cell.At >= 0).Select(cell => (cell.text[..cell.At], cell.text[cell.At..]))];

    private static JsonElement Read(string lesson) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, lesson))).RootElement;

    private static List<JsonElement> CodeCells(string lesson) =>
        [.. Read(lesson).GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("cell_type").GetString() == "code")];

    private static string Text(JsonElement cell) => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()));
}
