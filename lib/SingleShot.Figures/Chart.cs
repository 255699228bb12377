using SingleShot.Figures.Formatting;
using SingleShot.Figures.Plotting;

namespace SingleShot.Figures;

/// <summary>A chart that plotly.js draws where scripts run, and that stands as a plain drawing where they do not.</summary>
[TypeFormatterSource(typeof(ChartFormatterSource), PreferredMimeTypes = [Mime.Html, Mime.Plotly])]
public sealed class Chart : Figure
{
    private readonly string _json;

    internal Chart(string summary, string json, int height, Func<string> fallback)
        : base(summary, _ => ChartHtml.Of(summary, json, height, fallback())) => _json = json;

    internal override bool UsesPlotly => true;

    /// <summary>The chart as Plotly's JSON: its data and its layout.</summary>
    public string ToPlotlyJson() => _json;
}
