namespace SingleShot.Images;

/// <summary>A camera's note in a picture file, numbered as in EXIF: what is done to the stored pixels to show them.</summary>
public enum CameraTurn
{
    /// <summary>Nothing; also where there is no note.</summary>
    None = 1,

    /// <summary>Left and right change places.</summary>
    Mirror = 2,

    /// <summary>Turned by 180 degrees.</summary>
    HalfTurn = 3,

    /// <summary>Top and bottom change places.</summary>
    Flip = 4,

    /// <summary>Columns become rows.</summary>
    Transpose = 5,

    /// <summary>Turned by 90 degrees with the clock.</summary>
    RightTurn = 6,

    /// <summary>Columns become rows, and then a half turn.</summary>
    Transverse = 7,

    /// <summary>Turned by 90 degrees against the clock.</summary>
    LeftTurn = 8,
}
