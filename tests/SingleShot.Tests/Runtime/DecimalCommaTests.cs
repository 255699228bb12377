using System.Globalization;
using AwesomeAssertions;
using SingleShot.Figures;
using SingleShot.Images;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Tests.Figures;
using SingleShot.Training;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Runtime;

/// <summary>What the library says where numbers are written with commas is what it says elsewhere.</summary>
public class DecimalCommaTests
{
    private static readonly TrainingStep Step = new(7, 0, 0.0625, 1.5, double.NaN, 0.25, double.NaN, 1234, 3, 4, 0.5, 0.125, 10);

    [Fact]
    public void NumbersOutOfTheirRanges_HavePoints()
    {
        using var commas = new Commas();
        Message(() => new DetectionSettings(Overlap: 1.5)).Should().StartWith("Overlap is 1.5; it has to be from 0 to 1.");
        Message(() => new ManyToManyMatcher(-0.25)).Should().StartWith("threshold is -0.25; it has to be from 0 to 1.");
        Message(() => Explore.Matching(Markup.Gray(9, 9), [], Specifications.Small(["a"]), 0.005)).Should().StartWith("threshold is 0.005; ");
    }

    [Fact]
    public void TrainingThatGoesWrong_IsToldWithPoints()
    {
        using var commas = new Commas();
        new LossNotFiniteException(Step, new FiniteReport(NotFinitePlace.Nowhere, "", 0, 0)).Message
            .Should().Contain("learning rate 0.0625): localization 1.5, confidence NaN, no match 0.25, total NaN, 1234 matches.");
        new StatisticsNotFiniteException(Step with { Total = 2.5 }, ["a.running_var"], []).Message
            .Should().Contain("learning rate 0.0625)").And.Contain("(2.5)");
        Step.ToString().Should().Contain("rate 0.0625").And.Contain("localization 1.500");
    }

    [Fact]
    public void NormalizationThatCannotBe_IsToldWithPoints()
    {
        using var commas = new Commas();
        var picture = new RgbImage(1, 1, new byte[3]);

        Message(() => ImageTensor.From(picture, 1, [0.5, 0.5, 0.5], [0.25, 0, 0.25])).Should().Contain("[0.5, 0.5, 0.5] and [0.25, 0, 0.25]");
        Message(() => ImageTensor.From(picture, 1, [0.5, 0.5, 0.5], [1e-320, 1, 1], ScalarType.Float64)).Should().Contain("the mean [0.5, 0.5, 0.5]");
    }

    private static string Message(Func<object> make) => FluentActions.Invoking(make).Should().Throw<ArgumentException>().Which.Message;

    /// <summary>The numbers of de-DE, for the test's own thread; made by hand, for a machine may lack that culture.</summary>
    private sealed class Commas : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentCulture;

        public Commas()
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = culture;
            $"{1.5}".Should().Be("1,5");
        }

        public void Dispose() => CultureInfo.CurrentCulture = _before;
    }
}
