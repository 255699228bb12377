using SingleShot.Runtime;

namespace SingleShot.Models;

/// <summary>What to keep of a network's predictions. The defaults are those of the authors' code and of torchvision for SSD300; the paper has the same but for the 400, which it does not say.</summary>
/// <param name="ScoreThreshold">Scores at or below this are dropped at once, 0 to 1.</param>
/// <param name="CandidatesPerClass">The best of each class that go on to suppression, at least 1.</param>
/// <param name="Overlap">Jaccard overlap above which the surer of two boxes of a class drops the other, 0 to 1.</param>
/// <param name="DetectionsPerImage">The best over all classes that are left in the end, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of its range; the message says which.</exception>
public sealed record DetectionSettings(
    double ScoreThreshold = 0.01, int CandidatesPerClass = 400, double Overlap = 0.45, int DetectionsPerImage = 200)
{
    /// <summary>The score to exceed, 0 to 1.</summary>
    public double ScoreThreshold { get; init => field = Checked.Between(value, 0, 1); } = Checked.Between(ScoreThreshold, 0, 1);

    /// <summary>How many of a class go on to suppression, at least 1.</summary>
    public int CandidatesPerClass { get; init => field = Checked.AtLeast(value, 1); } = Checked.AtLeast(CandidatesPerClass, 1);

    /// <summary>The Jaccard overlap that is allowed, 0 to 1.</summary>
    public double Overlap { get; init => field = Checked.Between(value, 0, 1); } = Checked.Between(Overlap, 0, 1);

    /// <summary>How many detections are left at most, at least 1.</summary>
    public int DetectionsPerImage { get; init => field = Checked.AtLeast(value, 1); } = Checked.AtLeast(DetectionsPerImage, 1);
}
