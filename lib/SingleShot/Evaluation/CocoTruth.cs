using SingleShot.Data.Coco;

namespace SingleShot.Evaluation;

/// <summary>A ground truth of one class, as COCO's evaluation sees it.</summary>
/// <param name="Image">Rank of its image in the order of evaluation.</param>
/// <param name="Box">Where it is.</param>
/// <param name="Area">The area by which it is small, medium or large.</param>
/// <param name="Crowd">Whether it is a region of many objects.</param>
internal readonly record struct CocoTruth(int Image, CocoBox Box, double Area, bool Crowd);
