using SingleShot.Data.Coco;

namespace SingleShot.Evaluation;

/// <summary>A detection as COCO's results format has it.</summary>
/// <param name="ImageId">Id of the image in the annotation file.</param>
/// <param name="CategoryId">Id of the category there; COCO's own are not the labels of a network.</param>
/// <param name="Box">Where it is, in pixels of the original image.</param>
/// <param name="Score">How sure the detector is.</param>
public readonly record struct CocoResult(long ImageId, long CategoryId, CocoBox Box, double Score);
