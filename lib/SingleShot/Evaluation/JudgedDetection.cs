using SingleShot.Data;

namespace SingleShot.Evaluation;

/// <summary>A detection with what is wrong with it.</summary>
/// <param name="Detection">The detection.</param>
/// <param name="Error">What is wrong; null where it is right.</param>
/// <param name="Truth">The object that it found, or would have found but for its error; null on the background.</param>
public sealed record JudgedDetection(Detection.Detection Detection, DetectionError? Error, GroundTruth? Truth);
