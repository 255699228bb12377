using SingleShot.Data;

namespace SingleShot.Evaluation;

/// <summary>An image with a verdict on each of its detections.</summary>
/// <param name="Image">The image.</param>
/// <param name="Detections">Its detections, the surest first; those in a crowd, which count neither way, are left out.</param>
/// <param name="Missed">The objects that were missed: see <see cref="DetectionError.Missed"/>.</param>
public sealed record JudgedImage(EvaluatedImage Image, IReadOnlyList<JudgedDetection> Detections, IReadOnlyList<GroundTruth> Missed);
