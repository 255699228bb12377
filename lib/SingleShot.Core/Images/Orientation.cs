namespace SingleShot.Images;

/// <summary>Which way up a picture is taken where its camera has left a note to turn it (EXIF orientation).</summary>
public enum Orientation
{
    /// <summary>Turned as the note says: as browsers, viewers and labeling tools show it.</summary>
    Shown,

    /// <summary>The note left alone: the pixels in the order of the file.</summary>
    Stored,
}
