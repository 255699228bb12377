using System.Text;
using SingleShot.Evaluation.Voc;
using static SingleShot.Figures.Explorers.ExplorerData;

namespace SingleShot.Figures.Explorers;

/// <summary>Precision over recall: the saw as it is, the staircase of what is best at a recall or beyond, and the eleven recalls of VOC 2007.</summary>
internal static class PrecisionRecallPlot
{
    private const double Width = 480;
    private const double Height = 300;
    private const double Left = 50;
    private const double Right = 466;
    private const double Top = 58;
    private const double Bottom = 252;

    /// <summary>Where the axes lie.</summary>
    public static object Frame { get; } = new { Left, Right, Top, Bottom };

    /// <summary>Colours of saw, staircase and diamonds.</summary>
    public static string[] Lines { get; } = [.. Enumerable.Range(0, 3).Select(Palette.Line)];

    public static string Svg(IReadOnlyList<Claim> claims, IReadOnlyList<PrecisionRecallPoint> points)
    {
        var svg = new StringBuilder();
        svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-label=\"Precision over recall\" ");
        svg.Add($"font-family=\"sans-serif\" font-size=\"13\" fill=\"currentColor\" style=\"display:block;max-width:100%;height:auto;margin-top:12px\">");
        AppendLegend(svg);
        AppendAxes(svg);
        svg.Append("<g data-layer=\"plot\">");
        AppendData(svg, claims, points);
        return svg.Append("</g></svg>").ToString();
    }

    private static void AppendLegend(StringBuilder svg)
    {
        svg.Add($"<path d=\"M{Left} 11h26\" stroke=\"{Lines[0]}\" stroke-width=\"2\"/><circle cx=\"{Left + 5}\" cy=\"11\" r=\"4\" fill=\"{Lines[0]}\" stroke=\"{Lines[0]}\" stroke-width=\"2\"/>");
        svg.Add($"<circle cx=\"{Left + 21}\" cy=\"11\" r=\"4\" fill=\"none\" stroke=\"{Lines[0]}\" stroke-width=\"2\"/><text x=\"{Left + 34}\" y=\"15\">the saw (hollow: wrong)</text>");
        svg.Add($"<path d=\"M{Left} 31h26\" stroke=\"{Lines[1]}\" stroke-width=\"2.5\" stroke-dasharray=\"8 4\"/><text x=\"{Left + 34}\" y=\"35\">the staircase: best at that recall or beyond</text>");
        svg.Add($"<path d=\"M{Left + 246} 11m0 -6l6 6l-6 6l-6 -6z\" fill=\"{Lines[2]}\"/><text x=\"{Left + 258}\" y=\"15\">11 recalls of VOC 2007</text>");
    }

    private static void AppendAxes(StringBuilder svg)
    {
        svg.Add($"<path d=\"M{Left} {Top}V{Bottom}H{Right}\" fill=\"none\" stroke=\"currentColor\"/>");
        for (var i = 0; i <= 5; i++)
        {
            var part = i / 5.0;
            svg.Add($"<path d=\"M{X(part)} {Bottom}v5M{Left} {Y(part)}h-5\" stroke=\"currentColor\"/><text x=\"{X(part)}\" y=\"{Bottom + 19}\" text-anchor=\"middle\">{Html.Number(part)}</text>");
            svg.Add($"<text x=\"{Left - 8}\" y=\"{Html.Number(At(part) + 4)}\" text-anchor=\"end\">{Html.Number(part)}</text>");
        }

        svg.Add($"<text x=\"{(Left + Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">recall</text>");
        svg.Add($"<text transform=\"translate(14 {(Top + Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">precision</text>");
    }

    private static void AppendData(StringBuilder svg, IReadOnlyList<Claim> claims, IReadOnlyList<PrecisionRecallPoint> points)
    {
        double Stairs(double recall) => points.Where(p => p.Recall >= recall).Select(p => p.Precision).DefaultIfEmpty().Max();
        var steps = points.Select(p => p.Recall).Distinct().Select(recall => $"V{Y(Stairs(recall))}H{X(recall)}");
        var outlined = $"M{X(0)} {Y(Stairs(0))}{string.Concat(steps)}V{Y(0)}";
        svg.Add($"<path d=\"{outlined}H{X(0)}z\" fill=\"{Lines[1]}\" fill-opacity=\"0.1\"/>");
        svg.Add($"<path d=\"M{string.Join('L', points.Select(p => $"{X(p.Recall)} {Y(p.Precision)}"))}\" fill=\"none\" stroke=\"{Lines[0]}\" stroke-width=\"2\"/>");
        svg.Add($"<path d=\"{outlined}H{X(1)}\" fill=\"none\" stroke=\"{Lines[1]}\" stroke-width=\"2.5\" stroke-dasharray=\"8 4\"/>");
        for (var i = 0; i <= 10; i++)
        {
            // 3 * .1 is a hair above .3, as in VOC's kit and in AveragePrecision.
            var height = Stairs(i == 3 ? 3 * .1 : i / 10.0);
            svg.Add($"<path d=\"M{X(i / 10.0)} {Y(height)}m0 -6l6 6l-6 6l-6 -6z\" fill=\"{Lines[2]}\"><title>recall {Fixed(i / 10.0, 1)}: {Fixed(height, 3)}</title></path>");
        }

        for (var i = 0; i < points.Count; i++)
        {
            svg.Add($"<circle cx=\"{X(points[i].Recall)}\" cy=\"{Y(points[i].Precision)}\" r=\"4\" fill=\"{(claims[i].Right ? Lines[0] : "none")}\" stroke=\"{Lines[0]}\" stroke-width=\"2\" pointer-events=\"all\">");
            svg.Add($"<title>detection {i + 1}: precision {Fixed(points[i].Precision, 3)}, recall {Fixed(points[i].Recall, 3)}</title></circle>");
        }
    }

    private static double At(double precision) => Bottom - (Bottom - Top) * precision;

    private static string X(double recall) => Html.Number(Left + (Right - Left) * recall);

    private static string Y(double precision) => Html.Number(At(precision));
}
