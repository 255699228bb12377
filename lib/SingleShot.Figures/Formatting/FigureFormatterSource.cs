namespace SingleShot.Figures.Formatting;

/// <summary>What a notebook asks for the outputs of a <see cref="Figure"/>.</summary>
internal sealed class FigureFormatterSource
{
    // A kernel reaches this through reflection, on an instance.
#pragma warning disable CA1822
    public IEnumerable<object> CreateTypeFormatters() => [new FigureFormatter(Mime.Html, value => (value as Figure)?.ToHtml())];
#pragma warning restore CA1822
}
