namespace SingleShot.Images;

/// <summary>The file formats that pictures are written in.</summary>
public enum ImageFormat
{
    /// <summary>Small, with losses: for photographs.</summary>
    Jpeg,

    /// <summary>Every byte as it was: for masks and tests.</summary>
    Png,
}
