using SingleShot.Boxes;
using SingleShot.Runtime;

namespace SingleShot.Detection;

/// <summary>Suppression that drops no box: the more a box overlaps one with a higher score, the lower its own score becomes (Soft-NMS, arXiv 1704.04503).</summary>
public static class SoftSuppression
{
    /// <summary>The scores of boxes of one class after suppression.</summary>
    /// <remarks>
    /// The box with the highest score keeps it. Each other box's score is multiplied by exp(-overlap² / sigma), and the rest goes on
    /// in the same way. Time grows with the square of the number of boxes.
    /// </remarks>
    /// <param name="boxes">The boxes, in any unit and any order.</param>
    /// <param name="scores">For each box its score, 0 or above.</param>
    /// <param name="sigma">The larger it is, the less an overlap lowers a score; above 0, and 0.5 in the paper.</param>
    /// <returns>For each box its new score, at most the old one.</returns>
    /// <exception cref="ArgumentException">There are not as many scores as boxes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Sigma is not above 0.</exception>
    public static double[] Rescore(IReadOnlyList<BoundingBox> boxes, IReadOnlyList<double> scores, double sigma = 0.5)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentNullException.ThrowIfNull(scores);
        Checked.Positive(sigma);
        if (boxes.Count != scores.Count)
        {
            throw new ArgumentException($"There are {boxes.Count} boxes and {scores.Count} scores: give one score for each box.", nameof(scores));
        }
        double[] left = [.. scores];
        var open = Enumerable.Range(0, boxes.Count).ToList();
        while (open.Count > 0)
        {
            var best = open.MaxBy(i => left[i]); // of equal scores the lower index
            open.Remove(best);
            foreach (var other in open)
            {
                var overlap = boxes[best].Overlap(boxes[other]);
                left[other] *= Math.Exp(-overlap * overlap / sigma);
            }
        }
        return left;
    }
}
