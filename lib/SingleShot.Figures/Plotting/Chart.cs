using SingleShot.Figures.Drawing;

namespace SingleShot.Figures.Plotting;

/// <summary>A chart that plotly.js draws where scripts run, and that stands as a plain drawing where they do not.</summary>
[TypeFormatterSource(typeof(ChartFormatterSource), PreferredMimeTypes = [Mime.Plain, Mime.Html, Mime.Plotly])]
public sealed class Chart : Figure
{
    private readonly string _json;

    internal Chart(string summary, string json, int height, Func<string> fallback)
        : base(summary, _ => ChartHtml.Of(summary, json, height, fallback())) => _json = json;

    internal override string Script => PlotlyScript.Html;

    /// <summary>The chart as Plotly's JSON: its data and its layout.</summary>
    public string ToPlotlyJson() => _json;
}

/// <summary>What a notebook asks for the outputs of a <see cref="Chart"/>.</summary>
internal sealed class ChartFormatterSource
{
    // A kernel reaches this through reflection, on an instance.
#pragma warning disable CA1822
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new FigureFormatter(Mime.Plain, value => (value as Chart)?.Summary),
        new FigureFormatter(Mime.Html, value => (value as Chart)?.ToHtml()),
        new FigureFormatter(Mime.Plotly, value => (value as Chart)?.ToPlotlyJson()),
    ];
#pragma warning restore CA1822
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">Its points, in order; a value that is not a finite number leaves a gap.</param>
public sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>More text for the hover of each point, as many as there are points; none if null.</summary>
    public IReadOnlyList<string>? Hover { get; init; }

    /// <summary>Label of the class that it is about, whose color it then has; null for none.</summary>
    public int? Class { get; init; }

    internal string Color(int index) => Class is { } label ? Palette.ClassLine(label) : Palette.Line(index);
}

/// <summary>A bar of a chart.</summary>
/// <param name="Name">What stands beside it.</param>
/// <param name="Value">Its length.</param>
public sealed record Bar(string Name, double Value);
