using AwesomeAssertions;
using Xunit;

namespace SingleShot.Tests.Notebooks;

/// <summary>The numbers in the lessons' text: each has something behind it, and what a run prints agrees with it.</summary>
public class LessonNumbersTests
{
    public static TheoryData<string> Lessons => [.. LessonFile.NamesIn("")];

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Number_TiedToARun_IsTheOneThatTheExecutedCopyPrints(string lesson)
    {
        var (written, path) = (LessonFile.Read(lesson), Path.Combine(Repository.Root, "out", lesson));
        Assert.SkipUnless(File.Exists(path), $"There is no {path}: dotnet run --project lib/Workbook -- run notebooks makes it.");
        var run = LessonFile.Read(path);
        Assert.SkipWhen(run.HasInjectedParameters, $"{path} was run with other parameters than the lesson's own.");
        Assert.SkipUnless(run.Code.Select(cell => cell.Text).SequenceEqual(written.Code.Select(cell => cell.Text)), $"{path} is of another state of the lesson's code: run the lesson again.");

        string.Join('\n', Faults(lesson, written, run)).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Tie_IsWhole_AndNamesACellBeforeOrAfterIt(string lesson)
    {
        var file = LessonFile.Read(lesson);
        var cells = file.Code.Select(cell => cell.Id).ToList();

        file.Prose.SelectMany(cell => TiedNumber.In(cell.Text)).Should().AllSatisfy(tie => cells.Should().Contain(tie.Cell));
        file.Prose.Should().AllSatisfy(cell => TiedNumber.In(cell.Text).Count().Should().Be(cell.Text.Split("<!--").Length - 1, $"a comment of {cell.Id} ties no number"));
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Decimal_InTheText_IsTiedToARun_OrHasASource(string lesson) => string.Join('\n', LooseDecimal.In(LessonFile.Read(lesson))).Should().BeEmpty();

    [Theory]
    [InlineData("59<!-- a: {} have none -->", "781 have one, 59 have none\n", null)]
    [InlineData("59<!-- a: {} have none -->", "60 have none", "the text says 59, and the run says 60 (cell a: \"{} have none\", ± 0.5)")]
    [InlineData("**0.26**<!-- a: width, {} -->", "width, 0.256", null)]
    [InlineData("0.26<!-- a: width, {} -->", "width, 0.266", "the text says 0.26, and the run says 0.266 (cell a: \"width, {}\", ± 0.005)")]
    [InlineData("about 200<!-- a: none: {} ± 10 -->", "none:    191.5", null)]
    [InlineData("about 200<!-- a: none: {} ± 10 -->", "none: 189.5", "the text says 200, and the run says 189.5 (cell a: \"none: {}\", ± 10)")]
    [InlineData("35,641,826<!-- a: {} numbers -->", "35,641,827 numbers", "the text says 35,641,826, and the run says 35,641,827 (cell a: \"{} numbers\", ± 0.5)")]
    [InlineData("−7<!-- a: by {} points -->", "by -6.9 points", null)]
    [InlineData("8<!-- a: none...alarms: {} -->", "alarms: 7 where there are none\nnone, AP: 0.1, alarms: 8", null)]
    [InlineData("25 %<!-- a: {} % (all) -->", "24 % (all)", "the text says 25, and the run says 24 (cell a: \"{} % (all)\", ± 0.5)")]
    [InlineData("7<!-- a: of {} -->", "of seven", "the text says 7, and cell a does not print \"of {}\"")]
    public void Tie_TellsANumberThatIsNotTheRuns_BeyondItsSpread(string text, string printed, string? fault) =>
        TiedNumber.In(text).Should().ContainSingle().Which.Fault(printed).Should().Be(fault);

    private static IEnumerable<string> Faults(string lesson, LessonFile written, LessonFile run) =>
        from cell in written.Prose
        from tie in TiedNumber.In(cell.Text)
        let fault = tie.Fault(run.Code.Single(code => code.Id == tie.Cell).Printed)
        where fault is not null
        select $"{lesson}, cell {cell.Id}: {fault}";
}
