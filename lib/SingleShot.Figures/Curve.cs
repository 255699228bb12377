namespace SingleShot.Figures;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">Its points, in order; a value that is not a finite number leaves a gap.</param>
public sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>More text for the hover of each point, as many as there are points; none if null.</summary>
    public IReadOnlyList<string>? Hover { get; init; }
}
