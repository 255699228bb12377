using SingleShot.Boxes;

namespace SingleShot.Detection;

/// <summary>An object that the detector found.</summary>
/// <param name="Box">Where it is, in pixels of the original image.</param>
/// <param name="Label">Index of its class, from 0, the background not counted.</param>
/// <param name="ClassName">Name of its class.</param>
/// <param name="Score">How sure the detector is, 0 to 1.</param>
public sealed record DetectedObject(BoundingBox Box, int Label, string ClassName, double Score);
