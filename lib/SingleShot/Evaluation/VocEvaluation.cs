namespace SingleShot.Evaluation;

/// <summary>Pascal VOC's measure of a detector: average precision at one overlap, as its development kit has it.</summary>
/// <remarks>
/// The kit's pixels are inclusive, and its boxes therefore one wider than right less left; boxes here run up to, not including,
/// their right edge, which is the same box.
/// </remarks>
public static class VocEvaluation
{
    /// <summary>Evaluates the detections of a data set.</summary>
    /// <param name="classNames">The name of each class; labels index it.</param>
    /// <param name="images">Every image of the set.</param>
    /// <param name="overlap">The least Jaccard overlap of a correct detection, above 0 up to 1; VOC's is .5.</param>
    /// <param name="kind">How the curve becomes a number.</param>
    /// <returns>The scores.</returns>
    /// <exception cref="ArgumentException">Two images have one id, a label names no class, or a score is not a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is out of its range, or the kind is neither of the two.</exception>
    public static VocScores Evaluate(
        IReadOnlyList<string> classNames,
        IReadOnlyList<EvaluatedImage> images,
        double overlap = .5,
        VocAveragePrecision kind = VocAveragePrecision.Area)
    {
        var curves = PrecisionRecall.Curves(classNames, images, overlap, kind);
        var values = curves.Select(curve => curve.AveragePrecision).ToArray();
        var known = values.Where(value => !double.IsNaN(value)).ToArray();
        return new VocScores([.. classNames], values, known.Length == 0 ? double.NaN : known.Average());
    }
}
