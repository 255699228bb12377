using System.Globalization;
using System.Text;

namespace SingleShot.Benchmarks.Growth;

/// <summary>Curves of growth as one picture: a panel for each, both axes in powers of ten, with a line for linear growth to compare with.</summary>
internal static class GrowthPlot
{
    private const int Columns = 3;
    private const int PanelWidth = 300;
    private const int PanelHeight = 240;
    private const int Left = 58;
    private const int Right = 14;
    private const int Top = 34;
    private const int Bottom = 42;

    /// <summary>The picture as SVG, in the colors of the reader's theme.</summary>
    public static string Svg(IReadOnlyList<GrowthCurve> curves)
    {
        var (width, height) = (Columns * PanelWidth, ((curves.Count + Columns - 1) / Columns) * PanelHeight);
        var svg = new StringBuilder($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="sans-serif" font-size="11">
            <style>
            svg {"{"} background: #fff; fill: #222; {"}"} .axis {"{"} stroke: #bbb; {"}"} .linear {"{"} stroke: #888; stroke-dasharray: 4 4; {"}"} .curve {"{"} stroke: #0b62b0; stroke-width: 2; fill: none; {"}"} .point {"{"} fill: #0b62b0; {"}"}
            @media (prefers-color-scheme: dark) {"{"} svg {"{"} background: #0d1117; fill: #d0d7de; {"}"} .axis {"{"} stroke: #444; {"}"} .curve {"{"} stroke: #6cb6ff; {"}"} .point {"{"} fill: #6cb6ff; {"}"} {"}"}
            </style>

            """);
        foreach (var (i, curve) in curves.Index())
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({i % Columns * PanelWidth} {i / Columns * PanelHeight})\">\n");
            Panel(svg, curve);
            svg.Append("</g>\n");
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, GrowthCurve curve)
    {
        var sizes = Decades(curve.Points.Select(point => (double)point.Size));
        var times = Decades(curve.Points.Select(point => point.Milliseconds));
        double X(double size) => Left + ((PanelWidth - Left - Right) * Share(size, sizes));
        double Y(double time) => PanelHeight - Bottom - ((PanelHeight - Top - Bottom) * Share(time, times));
        void Text(double x, double y, string anchor, string text) =>
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{text}</text>\n");
        void Line(string kind, double x1, double y1, double x2, double y2) =>
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"{kind}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>\n");

        Text(Left, Top - 14, "start", string.Create(CultureInfo.InvariantCulture, $"{curve.Name} (power {curve.Exponent:0.00})"));
        for (var power = sizes.Lowest; power <= sizes.Highest; power++)
        {
            var x = X(Math.Pow(10, power));
            Line("axis", x, Top, x, PanelHeight - Bottom);
            Text(x, PanelHeight - Bottom + 14, "middle", Math.Pow(10, power).ToString("#,0", CultureInfo.InvariantCulture));
        }
        for (var power = times.Lowest; power <= times.Highest; power++)
        {
            var y = Y(Math.Pow(10, power));
            Line("axis", Left, y, PanelWidth - Right, y);
            Text(Left - 5, y + 4, "end", Math.Pow(10, power).ToString("#,0.### ms", CultureInfo.InvariantCulture));
        }
        Text((Left + PanelWidth - Right) / 2.0, PanelHeight - Bottom + 30, "middle", curve.Of);

        // Linear growth that ends where the curve does, cut off at the panel's lower edge.
        var last = curve.Points[^1];
        var start = Math.Max(curve.Points[0].Size, last.Size * Math.Pow(10, times.Lowest) / last.Milliseconds);
        Line("linear", X(start), Y(last.Milliseconds * start / last.Size), X(last.Size), Y(last.Milliseconds));
        var places = curve.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Size):0.#},{Y(point.Milliseconds):0.#}")).ToArray();
        svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"curve\" points=\"{string.Join(' ', places)}\"/>\n");
        foreach (var place in places.Select(place => place.Split(',')))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"point\" cx=\"{place[0]}\" cy=\"{place[1]}\" r=\"3\"/>\n");
        }
    }

    private static (int Lowest, int Highest) Decades(IEnumerable<double> values)
    {
        var powers = values.Select(Math.Log10).ToArray();
        return ((int)Math.Floor(powers.Min()), (int)Math.Ceiling(powers.Max()));
    }

    private static double Share(double value, (int Lowest, int Highest) decades) => (Math.Log10(value) - decades.Lowest) / Math.Max(1, decades.Highest - decades.Lowest);
}
