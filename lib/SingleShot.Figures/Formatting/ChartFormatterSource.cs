namespace SingleShot.Figures.Formatting;

/// <summary>What a notebook asks for the outputs of a <see cref="Chart"/>.</summary>
internal sealed class ChartFormatterSource
{
    // A kernel reaches this through reflection, on an instance.
#pragma warning disable CA1822
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new FigureFormatter(Mime.Html, value => (value as Chart)?.ToHtml()),
        new FigureFormatter(Mime.Plotly, value => (value as Chart)?.ToPlotlyJson()),
    ];
#pragma warning restore CA1822
}
