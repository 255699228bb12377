namespace SingleShot.Evaluation;

/// <summary>Precision and recall where detections below a score are left out.</summary>
/// <param name="Recall">The part of the truths that were found, 0 to 1.</param>
/// <param name="Precision">The part of the detections that were right, 0 to 1.</param>
/// <param name="Score">The lowest score kept.</param>
public readonly record struct PrecisionRecallPoint(double Recall, double Precision, double Score);
