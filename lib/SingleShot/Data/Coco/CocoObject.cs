namespace SingleShot.Data.Coco;

/// <summary>An object as a COCO file marks it, neither clipped to its image nor otherwise changed.</summary>
/// <param name="Id">The annotation's number in the file.</param>
/// <param name="Image">Index of its image in <see cref="CocoAnnotations.Images"/>.</param>
/// <param name="Label">Index of its class in <see cref="CocoAnnotations.Categories"/>.</param>
/// <param name="Box">Where it is; finite, its sizes not negative, but maybe 0.</param>
/// <param name="Area">The area of its outline in square pixels, or the box's where the file gives none.</param>
/// <param name="Crowd">True for a region with many objects.</param>
public readonly record struct CocoObject(long Id, int Image, int Label, CocoBox Box, double Area, bool Crowd);
