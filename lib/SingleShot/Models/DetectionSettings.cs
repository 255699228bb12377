namespace SingleShot.Models;

/// <summary>What to keep of a network's predictions. The defaults are those of the authors' code and of torchvision for SSD300; the paper has the same but for the 400, which it does not say.</summary>
/// <param name="ScoreThreshold">Scores at or below this are dropped at once, 0 to 1.</param>
/// <param name="CandidatesPerClass">The best of each class that go on to suppression.</param>
/// <param name="Overlap">Jaccard overlap above which the surer of two boxes of a class drops the other, 0 to 1.</param>
/// <param name="DetectionsPerImage">The best over all classes that are left in the end.</param>
public sealed record DetectionSettings(
    double ScoreThreshold = 0.01, int CandidatesPerClass = 400, double Overlap = 0.45, int DetectionsPerImage = 200);
