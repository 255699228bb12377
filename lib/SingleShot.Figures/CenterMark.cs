namespace SingleShot.Figures;

/// <summary>A mark at the centre of a box.</summary>
public enum CenterMark
{
    /// <summary>No mark.</summary>
    None,

    /// <summary>A dot.</summary>
    Dot,

    /// <summary>A diamond.</summary>
    Diamond,
}
