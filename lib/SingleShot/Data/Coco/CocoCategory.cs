namespace SingleShot.Data.Coco;

/// <summary>A class of objects as a COCO file lists it.</summary>
/// <param name="Id">Its number in the file; COCO's own run from 1 to 90 with gaps, 80 in all.</param>
/// <param name="Name">Its name.</param>
public sealed record CocoCategory(long Id, string Name);
