using SingleShot.Data;
using SingleShot.Detection;

namespace SingleShot.Evaluation.Errors;

/// <summary>An image with a verdict on each of its detections.</summary>
/// <param name="Image">The image.</param>
/// <param name="Detections">Its detections, the surest first; those in a crowd, which count neither way, are left out.</param>
/// <param name="Missed">The objects that were missed: see <see cref="DetectionError.Missed"/>.</param>
public sealed record JudgedImage(EvaluatedImage Image, IReadOnlyList<JudgedDetection> Detections, IReadOnlyList<GroundTruth> Missed);

/// <summary>A detection with what is wrong with it.</summary>
/// <param name="Detection">The detection.</param>
/// <param name="Error">What is wrong; null where it is right.</param>
/// <param name="Truth">The object that it found, or would have found but for its error; null on the background.</param>
public sealed record JudgedDetection(DetectedObject Detection, DetectionError? Error, GroundTruth? Truth);
