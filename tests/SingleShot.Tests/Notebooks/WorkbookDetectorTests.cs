using System.Globalization;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using SingleShot.Data.Shapes;
using SingleShot.Detection;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Runtime;
using SingleShot.Training;
using Xunit;

namespace SingleShot.Tests.Notebooks;

/// <summary>The trained detector that comes with the workbook.</summary>
public class WorkbookDetectorTests
{
    private static readonly string Detector = Path.Combine(Repository.Root, "notebooks", "shapes-detector.safetensors");

    [Fact]
    public void Detector_OnPicturesThatItWasNotTrainedOn_HasTheFiguresThatItsPageTells()
    {
        using var folder = new TemporaryFolder();
        using var network = Checkpoint.LoadNetwork(Detector);
        var test = ShapesGenerator.Write(folder.File("shapes"), count: 300, seed: 2);

        var found = CocoEvaluation.Evaluate(test.ClassNames, DetectorRun.Over(new Detector(network), test).Images);

        var told = Regex.Match(File.ReadAllText(Path.Combine(Repository.Root, "data", "README.md")), @": AP (0\.\d+), AP50 (0\.\d+)\.");
        double Figure(int group) => double.Parse(told.Groups[group].Value, CultureInfo.InvariantCulture);
        found.AP.Should().BeApproximately(Figure(1), 0.005);
        found.AP50.Should().BeApproximately(Figure(2), 0.005);
    }

    [Fact]
    public void Detector_InBfloat16_IsNearlyAsGood()
    {
        Assert.SkipUnless(TorchRuntime.WrongInBfloat16.Count == 0, string.Join("; ", TorchRuntime.WrongInBfloat16));
        using var folder = new TemporaryFolder();
        using var network = Checkpoint.LoadNetwork(Detector);
        var test = ShapesGenerator.Write(folder.File("shapes"), count: 100, seed: 2);

        CocoScores Scores(Precision precision) =>
            CocoEvaluation.Evaluate(test.ClassNames, DetectorRun.Over(new Detector(network, precision: precision), test).Images);
        var (full, half) = (Scores(Precision.Full), Scores(Precision.Bfloat16));

        half.AP.Should().NotBe(full.AP, "the convolutions compute in other numbers").And.BeApproximately(full.AP, 0.01);
        half.AP50.Should().BeApproximately(full.AP50, 0.01);
    }

    [Fact]
    public void Detector_IsSmallEnoughToComeWithTheRepository() => new FileInfo(Detector).Length.Should().BeLessThan(1_600_000);
}
