using SingleShot.Boxes;

namespace SingleShot.Data.Labeling;

/// <summary>An object that somebody marks in a picture.</summary>
/// <param name="Box">Where it is, in pixels of the picture.</param>
/// <param name="ClassName">What it is.</param>
public sealed record LabeledBox(BoundingBox Box, string ClassName);
