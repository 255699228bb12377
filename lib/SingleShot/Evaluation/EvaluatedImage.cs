using SingleShot.Data;

namespace SingleShot.Evaluation;

/// <summary>One image as evaluation sees it: what is there, and what was found.</summary>
/// <param name="Id">What the image is called; each image of an evaluation has its own.</param>
/// <param name="Truths">The objects somebody marked; may be empty.</param>
/// <param name="Detections">The objects the detector found, in any order; may be empty.</param>
public sealed record EvaluatedImage(string Id, IReadOnlyList<GroundTruth> Truths, IReadOnlyList<Detection.Detection> Detections);
