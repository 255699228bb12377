namespace SingleShot.Evaluation;

/// <summary>An image that has both truths and detections of a class: ranges of the class's two lists.</summary>
/// <param name="FirstTruth">Index of its first truth.</param>
/// <param name="Truths">How many, at least 1.</param>
/// <param name="FirstFound">Index of its best detection.</param>
/// <param name="Found">How many, at least 1.</param>
internal readonly record struct CocoScene(int FirstTruth, int Truths, int FirstFound, int Found);
