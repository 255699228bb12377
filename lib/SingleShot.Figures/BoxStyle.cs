namespace SingleShot.Figures;

/// <summary>How the outline of a box is drawn.</summary>
public enum BoxStyle
{
    /// <summary>A thin line, for many boxes at once.</summary>
    Thin,

    /// <summary>A line of two pixels.</summary>
    Solid,

    /// <summary>A line of four pixels.</summary>
    Thick,

    /// <summary>Dashes.</summary>
    Dashed,

    /// <summary>Dots.</summary>
    Dotted,
}
