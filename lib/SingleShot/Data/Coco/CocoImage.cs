namespace SingleShot.Data.Coco;

/// <summary>An image as a COCO file lists it.</summary>
/// <param name="Id">Its number in the file.</param>
/// <param name="FileName">Name of its file, relative to the folder of the images.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
public sealed record CocoImage(long Id, string FileName, int Width, int Height);
