using SingleShot.Boxes;

namespace SingleShot.Figures;

/// <summary>A default box and the object that it is matched to.</summary>
/// <param name="Box">Where the default box is, in pixels of the picture.</param>
/// <param name="Index">Its index among all default boxes, from 0.</param>
/// <param name="Truth">Index of the ground truth, from 0.</param>
/// <param name="Overlap">Their Jaccard overlap, 0 to 1.</param>
/// <param name="Forced">True where the overlap is too small, and the match is there because it is the object's best.</param>
public sealed record MatchedBox(BoundingBox Box, int Index, int Truth, double Overlap, bool Forced = false);
