using System.Globalization;
using SingleShot.Models;

namespace SingleShot.Cli.Detecting;

/// <summary>What to detect in, and what becomes of it.</summary>
/// <param name="Pictures">Full paths, at least one.</param>
/// <param name="Folder">Where results go.</param>
/// <param name="Format">What results are written as.</param>
/// <param name="Draws">Whether pictures with boxes are written.</param>
/// <param name="Score">The score to exceed.</param>
/// <param name="Overlap">Overlap above which the surer of two boxes of a class drops the other; the model's own when null.</param>
/// <param name="Batch">Pictures that go through the network together.</param>
internal sealed record DetectionPlan(IReadOnlyList<string> Pictures, string Folder, ResultFormat Format, bool Draws, double Score, double? Overlap, int Batch)
{
    /// <summary>Changes the limits that a model brings along.</summary>
    public DetectionSettings Change(DetectionSettings own) => own with { ScoreThreshold = Score, Overlap = Overlap ?? own.Overlap };

    /// <summary>The settings that decide what is found, in a few words.</summary>
    public string Settings => string.Create(
        CultureInfo.InvariantCulture, $"score {Score}, overlap {(Overlap is { } overlap ? overlap.ToString(CultureInfo.InvariantCulture) : "of the model")}, batches of {Batch}");
}
