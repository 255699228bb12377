using System.Xml.Linq;

namespace SingleShot.Figures.Drawing;

/// <summary>Rows of cells with a text in each, some of them colored. A column is as wide as its longest text.</summary>
internal static class CellGrid
{
    private const double Height = 26;
    private const double Padding = 6;
    private const double Gap = 10; // in place of a row without cells

    /// <summary>The drawing as SVG.</summary>
    /// <param name="rows">The rows; they need not have equally many cells.</param>
    /// <param name="summary">The drawing in words.</param>
    public static string Draw(IReadOnlyList<IReadOnlyList<GridCell>> rows, string summary)
    {
        var lefts = Edges(Enumerable.Range(0, rows.Max(row => row.Count)).Select(column => rows.Where(row => row.Count > column).Max(row => WidthOf(row[column]))));
        var tops = Edges(rows.Select(row => row.Count > 0 ? Height : Gap));
        var (width, height) = (lefts[^1] + 1, tops[^1] + 1); // a browser's rounding must not cut the last line
        return Svg.Root([
            ("viewBox", $"0 0 {Html.Number(width)} {Html.Number(height)}"), ("width", width), ("height", height), ("role", "img"), ("aria-label", summary),
            .. Svg.Font, ("style", "display:block;max-width:100%;height:auto")])
            .With(rows.SelectMany((row, y) => row.Select((cell, x) => Draw(cell, lefts[x], tops[y], lefts[x + 1] - lefts[x]))))
            .Markup();
    }

    private static XElement Draw(GridCell cell, double left, double top, double width)
    {
        var words = Svg.Words(left + width / 2, top + Height / 2 + 5, cell.Text, "middle");
        if (cell.Group is not { } group)
        {
            return words;
        }

        var color = Palette.Box(group);
        return Svg.Element("g", ("fill", Palette.Ink(color))).With(
            Svg.Element("rect", ("x", left + 1), ("y", top + 1), ("width", width - 2), ("height", Height - 2), ("fill", color), ("stroke", "currentColor")), words);
    }

    private static double WidthOf(GridCell cell) => Svg.TextWidth(cell.Text) + 2 * Padding;

    /// <summary>Where each of some sizes in a row begins, and where the last ends.</summary>
    private static List<double> Edges(IEnumerable<double> sizes)
    {
        List<double> edges = [0];
        edges.AddRange(sizes.Select(size => edges[^1] + size));
        return edges;
    }
}

/// <summary>A cell of a grid.</summary>
/// <param name="Text">What stands in it.</param>
/// <param name="Group">Cells of one group share a color, <see cref="Palette.Box"/>; without color if null.</param>
public sealed record GridCell(string Text, int? Group = null);
