using SingleShot.Data.Coco;

namespace SingleShot.Evaluation;

/// <summary>A detection of one class, as COCO's evaluation sees it.</summary>
/// <param name="Image">Rank of its image in the order of evaluation.</param>
/// <param name="Box">Where it is.</param>
/// <param name="Score">How sure the detector is; a number.</param>
internal readonly record struct CocoFound(int Image, CocoBox Box, double Score);
