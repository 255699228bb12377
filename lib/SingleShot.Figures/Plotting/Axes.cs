namespace SingleShot.Figures.Plotting;

/// <summary>The axes of a chart, and its title.</summary>
/// <param name="X">Title of the horizontal axis, with its unit.</param>
/// <param name="Y">Title of the vertical axis, with its unit.</param>
/// <param name="Title">Title of the chart; none if null.</param>
public sealed record Axes(string X, string Y, string? Title = null)
{
    /// <summary>True for a logarithmic horizontal axis.</summary>
    public bool LogX { get; init; }

    /// <summary>True for a logarithmic vertical axis.</summary>
    public bool LogY { get; init; }

    /// <summary>Ends of the horizontal axis; those of the data if null.</summary>
    public (double From, double To)? RangeX { get; init; }

    /// <summary>A place on the horizontal axis that an upright line marks, and its name; none if null. Charts with names on that axis have no such line.</summary>
    public (double At, string Name)? MarkX { get; init; }

    /// <summary>Ends of the vertical axis; those of the data if null.</summary>
    public (double From, double To)? RangeY { get; init; }
}
