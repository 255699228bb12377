using System.Globalization;

namespace SingleShot.Evaluation.Voc;

/// <summary>Pascal VOC's measure of a detector: average precision at one overlap, as its development kit has it.</summary>
/// <remarks>
/// As in VOCevaldet: a detection belongs to the truth it overlaps most; the first to claim a truth is right and every other wrong; one on a
/// difficult truth counts neither way, and difficult truths need not be found. The kit's pixels are inclusive, from 1, and its boxes one wider
/// than right less left: (xmin, ymin, xmax, ymax) there is (xmin - 1, ymin - 1, xmax, ymax) here, where a box runs up to, not including, its
/// right edge. <see cref="Data.Voc.VocReader"/> reads truths so, and a detector's boxes are so; overlaps are then the kit's own. Boxes taken from
/// a program that leaves the + 1 out have to be made one pixel larger first.
/// </remarks>
public static class VocEvaluation
{
    /// <summary>Evaluates the detections of a data set.</summary>
    /// <param name="classNames">The name of each class; labels index it.</param>
    /// <param name="images">Every image of the set.</param>
    /// <param name="overlap">The least Jaccard overlap of a correct detection, above 0 up to 1; VOC's is .5.</param>
    /// <param name="kind">How the curve becomes a number.</param>
    /// <returns>The scores.</returns>
    /// <exception cref="ArgumentException">Two images have one id, a label names no class, or a score or a box is not finite.</exception>
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

/// <summary>The two ways in which Pascal VOC made one number of a precision-recall curve.</summary>
public enum VocAveragePrecision
{
    /// <summary>The mean of the highest precision at or beyond recall 0, .1, ... 1: VOC 2007 to 2009.</summary>
    ElevenPoint,

    /// <summary>The area under the curve, its precision made never to rise: VOC 2010 and later.</summary>
    Area,
}

/// <summary>Pascal VOC's average precision.</summary>
/// <param name="ClassNames">The name of each class.</param>
/// <param name="ClassAP">Average precision of each class, 0 to 1; NaN for a class without truths.</param>
/// <param name="MeanAP">The mean over the classes that have truths; NaN where none has.</param>
public sealed record VocScores(IReadOnlyList<string> ClassNames, IReadOnlyList<double> ClassAP, double MeanAP)
{
    /// <summary>A line for each class, and one for the mean.</summary>
    public override string ToString()
    {
        var width = ClassNames.Append("mean").Max(name => name.Length);
        return string.Join('\n', ClassNames.Append("mean").Zip(
            ClassAP.Append(MeanAP), (name, value) => string.Create(CultureInfo.InvariantCulture, $"{name.PadRight(width)} {value:0.000}")));
    }
}
