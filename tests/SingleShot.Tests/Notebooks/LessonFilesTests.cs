using System.Text.Json;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using Xunit;

namespace SingleShot.Tests.Notebooks;

public class LessonFilesTests
{
    public static TheoryData<string> Lessons => [.. LessonFile.NamesIn("")];

    public static TheoryData<string> Solutions => [.. LessonFile.NamesIn("solutions")];

    public static TheoryData<string> All => [.. LessonFile.NamesIn(""), .. LessonFile.NamesIn("solutions")];

    [Theory]
    [MemberData(nameof(All))]
    public void CommittedLesson_HasNoOutputs(string lesson) => LessonFile.Read(lesson).Code.Should().AllSatisfy(cell =>
    {
        cell.Json.GetProperty("outputs").GetArrayLength().Should().Be(0);
        cell.Json.GetProperty("execution_count").ValueKind.Should().Be(JsonValueKind.Null);
    });

    /// <remarks>
    /// VS Code makes each cell's language of the notebook's: C# gives csharp, which its C# kernels take. Of any other name, that of .NET
    /// Interactive's own notebooks among them, a cell is not even sent to the kernel. .NET Interactive knows its notebooks by the kernelspec.
    /// </remarks>
    [Theory]
    [MemberData(nameof(All))]
    public void Lesson_OpensAsCSharp_InVsCode_Jupyter_AndDotNetInteractive(string lesson)
    {
        var metadata = LessonFile.Json(lesson).GetProperty("metadata");
        var language = metadata.GetProperty("language_info");

        language.GetProperty("name").GetString().Should().Be("C#");
        language.GetProperty("codemirror_mode").GetString().Should().Be("text/x-csharp");
        metadata.GetProperty("kernelspec").GetProperty("name").GetString().Should().Be(".net-csharp");
        LessonFile.Read(lesson).Code.Should().AllSatisfy(cell =>
            cell.Json.GetProperty("metadata").GetProperty("polyglot_notebook").GetProperty("kernelName").GetString().Should().Be("csharp"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Lesson_KeepsToTheCommonSubset(string lesson)
    {
        var lines = CodeLines(lesson).ToList();

        lines.Should().NotContain(line => line.StartsWith("#!", StringComparison.Ordinal) && !line.StartsWith("#!import", StringComparison.Ordinal));
        lines.Should().NotContain(line => line.StartsWith('%'));
        lines.Should().NotContain(line => line.StartsWith("namespace ", StringComparison.Ordinal));
        lines.Should().Contain("using System.IO;", "it is not among the usings that both hosts begin with");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Lesson_HasNoCodeThatScrolls(string lesson) =>
        CodeLines(lesson).Should().OnlyContain(line => line.Length <= 110);

    /// <remarks>
    /// TorchSharp's optimizers, and <c>ToDouble</c> and the like, make numbers that a garbage collection may free while libtorch reads
    /// them, as <c>ScalarArithmetic</c> tells. <c>MomentumSgd</c> and <c>item</c> do not.
    /// </remarks>
    [Theory]
    [MemberData(nameof(All))]
    public void Lesson_StepsAndReadsNumbers_ByWhatTheGarbageCollectorCannotBreak(string lesson) =>
        CodeLines(lesson).Should().NotContain(
            line => Regex.IsMatch(line, @"\boptim\.|\.To(Boolean|Byte|Double|Half|Int\d+|SByte|Scalar|Single)\(\)"));

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Lesson_TellsWhatItTeachesAndHowLongItTakes_AndHasParametersAndExercises(string lesson)
    {
        var cells = LessonFile.Read(lesson).Cells;

        cells[0].Text.Should().ContainAll("**You will learn**", "**Before you start:**", "**Time:**");
        cells.Count(cell => cell.Tags.Contains("parameters")).Should().Be(1);
        cells.Should().ContainSingle(cell => cell.Text.StartsWith("## Summary", StringComparison.Ordinal)).Which.Text.Should().Contain("\n\n**You can now** ");
        cells.Should().ContainSingle(cell => cell.Text.StartsWith("## Exercises", StringComparison.Ordinal)).Which.Text.Should().Contain("★★★");
        cells[^1].Text.Should().Contain($"(solutions/{lesson})");
    }

    /// <remarks>The text has decimal points, and 360.616 would be another number in German than in English.</remarks>
    [Theory]
    [MemberData(nameof(All))]
    public void Lesson_WritesNumbersAsItsTextDoes_WhateverTheLanguageOfTheMachine(string lesson) =>
        LessonFile.Read(lesson).Code.First().Text.Should().Contain("CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;");

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

    /// <remarks>The stars stand in the text, where the book reads them.</remarks>
    [Theory]
    [MemberData(nameof(Lessons))]
    public void Exercises_AreGradedByStars_InTheLessonAndInItsSolutions(string lesson)
    {
        var graded = Grades(lesson);

        graded.Should().HaveCount(Exercises(lesson).Count);
        Grades(Path.Combine("solutions", lesson)).Should().Equal(graded);
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Exercises_HaveOneThatDrawsWithTheReadersOwnCode(string lesson) =>
        Exercises(lesson).Should().Contain(exercise => Regex.IsMatch(exercise.Check, @"\n}, \(\) =>[\s\S]*\b(Pictures|Charts|Explore)\."));

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
    public void Solutions_AreThoseOfALesson(string solutions) => LessonFile.NamesIn("").Should().Contain(Path.GetFileName(solutions));

    [Theory]
    [MemberData(nameof(All))]
    public void Links_LeadToNotebooksThatAreThere(string notebook)
    {
        var folder = Path.GetDirectoryName(Path.Combine(LessonFile.Folder, notebook))!;

        LessonFile.Read(notebook).Prose.SelectMany(cell => Regex.Matches(cell.Text, @"\]\(([^)#:]+\.ipynb)")).Select(link => link.Groups[1].Value)
            .Should().AllSatisfy(link => File.Exists(Path.Combine(folder, link)).Should().BeTrue(link));
    }

    private static IEnumerable<string> CodeLines(string lesson) => LessonFile.Read(lesson).Code.SelectMany(cell => cell.Text.Split('\n'));

    /// <summary>How each exercise's text begins, its number and its stars.</summary>
    private static List<string> Grades(string notebook) =>
        [.. LessonFile.Read(notebook).Prose.Select(cell => Regex.Match(cell.Text, @"^\*\*\d+\.\*\* ★{1,3}(?= )")).Where(grade => grade.Success).Select(grade => grade.Value)];

    /// <summary>The cells of a notebook's exercises, each divided into the reader's part and the check.</summary>
    private static List<(string Answer, string Check)> Exercises(string notebook) =>
        [.. LessonFile.Read(notebook).Code.Select(cell => (cell.Text, At: cell.Text.IndexOf("Exercise.Check(", StringComparison.Ordinal)))
            .Where(cell => cell.At >= 0).Select(cell => (cell.Text[..cell.At], cell.Text[cell.At..]))];
}
