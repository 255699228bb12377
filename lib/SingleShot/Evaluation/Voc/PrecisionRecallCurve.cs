namespace SingleShot.Evaluation.Voc;

/// <summary>How precision falls as recall rises for one class.</summary>
/// <param name="ClassName">The class.</param>
/// <param name="Points">
/// One for each detection that counts, by falling score, precision as it is, with its teeth; empty without truths or detections.
/// </param>
/// <param name="AveragePrecision">The curve as one number, 0 to 1; NaN for a class without truths.</param>
public sealed record PrecisionRecallCurve(string ClassName, IReadOnlyList<PrecisionRecallPoint> Points, double AveragePrecision);

/// <summary>Precision and recall where detections below a score are left out.</summary>
/// <param name="Recall">The part of the truths that were found, 0 to 1.</param>
/// <param name="Precision">The part of the detections that were right, 0 to 1.</param>
/// <param name="Score">The lowest score kept.</param>
public readonly record struct PrecisionRecallPoint(double Recall, double Precision, double Score);
