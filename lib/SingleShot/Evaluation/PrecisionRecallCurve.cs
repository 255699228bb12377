namespace SingleShot.Evaluation;

/// <summary>How precision falls as recall rises for one class.</summary>
/// <param name="ClassName">The class.</param>
/// <param name="Points">
/// One for each detection that counts, by falling score, precision as it is, with its teeth; empty without truths or detections.
/// </param>
/// <param name="AveragePrecision">The curve as one number, 0 to 1; NaN for a class without truths.</param>
public sealed record PrecisionRecallCurve(string ClassName, IReadOnlyList<PrecisionRecallPoint> Points, double AveragePrecision);
