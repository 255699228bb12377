using AwesomeAssertions;
using SingleShot.Figures;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Plotting;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Figures;

public class ExerciseTests
{
    [Fact]
    public void StubThatThrows_IsNotDoneYet() =>
        Verdict(() => Exercise.Close(1, ((Func<double>)(() => throw new NotImplementedException()))(), "unused")).Should().Be("Exercise 3: not done yet.");

    [Fact]
    public void AnswerThatIsNull_IsNotDoneYet()
    {
        Verdict(() => Exercise.Equal(8732, null, "unused")).Should().Be("Exercise 3: not done yet.");
        Verdict(() => Exercise.Equal([1, 2], null, "unused")).Should().Be("Exercise 3: not done yet.");
        Verdict(() => Exercise.Close(zeros(2), null, "unused")).Should().Be("Exercise 3: not done yet.");
    }

    [Fact]
    public void RightAnswers_AreRight() => Verdict(() =>
    {
        Exercise.Equal(8732, 8732, "no");
        Exercise.Equal([1, 2], new List<int> { 1, 2 }, "no");
        Exercise.Close(0.5, 0.5 + 1e-7, "no");
        Exercise.Close(zeros(2, 3), zeros(2, 3), "no");
        Exercise.That(true, "no");
    }).Should().Be("Exercise 3: right.");

    [Fact]
    public void WrongAnswer_GivesTheHintOfTheFirstCheckThatFails_AndWhatWasFound()
    {
        Verdict(() =>
        {
            Exercise.That(true, "first");
            Exercise.Equal(8732, 8728, "The last map has four boxes.");
            Exercise.That(false, "third");
        }).Should().Be("Exercise 3: not yet. You have 8728. The last map has four boxes.");
        Verdict(() => Exercise.Equal([1, 2], [2, 1], "The order is by score.")).Should().Be("Exercise 3: not yet. You have [2, 1]. The order is by score.");
        Verdict(() => Exercise.Close(0.5, double.NaN, "Divide by the union.")).Should().Be("Exercise 3: not yet. You have NaN. Divide by the union.");
    }

    [Fact]
    public void WrongTensor_GivesItsShape_OrHowManyNumbersDiffer()
    {
        Verdict(() => Exercise.Close(zeros(2, 3), zeros(3, 2), "unused"))
            .Should().Be("Exercise 3: not yet. Your tensor has the shape [3, 2], it should have [2, 3].");
        Verdict(() => Exercise.Close(zeros(3), tensor(new[] { 0, 0.5f, float.NaN }), "Take the logarithm."))
            .Should().Be("Exercise 3: not yet. 2 of 3 numbers differ. Take the logarithm.");
    }

    [Fact]
    public void CodeThatThrows_SaysWhatItThrew() =>
        Verdict(() => throw new InvalidOperationException("No box.")).Should().Be("Exercise 3: your code threw InvalidOperationException: No box.");

    [Fact]
    public void RightAnswer_EarnsItsPicture_AndNoOtherAnswerDoes()
    {
        Figure Drawn() => Charts.Lines([new Curve("loss", [(0, 1), (1, 2)])], new Axes("step", "loss"));
        var right = Exercise.Check(2, () => { }, Drawn);

        right.ToString().Should().Be("Exercise 2: right.");
        right.ToHtml().Should().MatchRegex("(?s)data-outcome=\"right\".*data-singleshot-chart");
        Exercise.Check(2, () => throw new NotImplementedException(), Drawn).ToHtml().Should().NotContain("data-singleshot-chart");
        Exercise.Check(2, () => Exercise.That(false, "no"), Drawn).ToHtml().Should().NotContain("data-singleshot-chart");
        Exercise.Check(2, () => { }, () => throw new InvalidOperationException("No box.")).ToString()
            .Should().Be("Exercise 2: your code threw InvalidOperationException: No box.");
    }

    [Fact]
    public void Verdict_IsMarkupWithoutAnythingOfTheAnswerTakenForIt() =>
        Exercise.Check(1, () => Exercise.That(false, "a < b")).ToHtml().Should().Contain("a &lt; b").And.Contain("✗");

    private static string Verdict(Action check) => Exercise.Check(3, check).ToString();
}
