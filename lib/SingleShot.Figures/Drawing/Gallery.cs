namespace SingleShot.Figures.Drawing;

/// <summary>Figures in a grid.</summary>
[TypeFormatterSource(typeof(FigureFormatterSource), PreferredMimeTypes = [Mime.Plain, Mime.Html])]
internal sealed class Gallery(IReadOnlyList<Figure> figures, int columns)
    : Figure($"A gallery of {figures.Count} figures", _ => Grid(figures, columns))
{
    private const double Width = 1000;
    private const double Gap = 12;

    internal override string Script => string.Concat(figures.Select(figure => figure.Script).Distinct());

    private static string Grid(IReadOnlyList<Figure> figures, int columns)
    {
        // Each is drawn for its cell's width, so that text in it keeps its size.
        var width = Math.Min(FullWidth, (Width - (columns - 1) * Gap) / columns);
        var cells = figures.Select(f => $"<div style=\"min-width:0\">{f.Render(width)}</div>");
        return $"<div style=\"display:grid;gap:{Gap}px;max-width:{Width}px;align-items:start;grid-template-columns:repeat({columns},minmax(0,1fr))\">{string.Concat(cells)}</div>";
    }
}
