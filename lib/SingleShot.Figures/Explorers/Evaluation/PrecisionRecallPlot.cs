using System.Xml.Linq;
using SingleShot.Evaluation.Voc;
using SingleShot.Figures.Drawing;
using static System.FormattableString;
using static SingleShot.Figures.Explorers.ExplorerData;

namespace SingleShot.Figures.Explorers.Evaluation;

/// <summary>Precision over recall: the saw of all points, the staircase of the best precision at each recall or beyond, and diamonds at the eleven recalls of VOC 2007.</summary>
internal static class PrecisionRecallPlot
{
    private const double Width = 480;
    private const double Height = 300;
    private const double Left = 50;
    private const double Right = 466;
    private const double Top = 58;
    private const double Bottom = 252;
    private const string Diamond = "m0 -6l6 6l-6 6l-6 -6z";

    /// <summary>Where the axes lie.</summary>
    public static object Frame { get; } = new { Left, Right, Top, Bottom };

    /// <summary>Colors of the saw, the staircase and the diamonds.</summary>
    public static string[] Lines { get; } = [.. Enumerable.Range(0, 3).Select(Palette.Line)];

    /// <summary>The plot as SVG.</summary>
    public static string Draw(IReadOnlyList<DetectionOutcome> outcomes, IReadOnlyList<PrecisionRecallPoint> points) => Svg.Root([
        ("viewBox", Invariant($"0 0 {Width} {Height}")), ("width", Width), ("height", Height), ("role", "img"), ("aria-label", "Precision over recall"),
        .. Svg.Font, ("style", "display:block;max-width:100%;height:auto;margin-top:12px")])
        .With(Legend(), Axes(), Svg.Element("g", ("data-layer", "plot")).With(Curves(outcomes, points)))
        .Markup();

    private static IEnumerable<XElement> Legend() =>
    [
        Path($"M{Left} 11h26", ("stroke", Lines[0]), ("stroke-width", 2)),
        Circle(Left + 5, 11, Lines[0]),
        Circle(Left + 21, 11, "none"),
        Svg.Words(Left + 34, 15, "the saw (hollow: wrong)"),
        Path($"M{Left} 31h26", ("stroke", Lines[1]), ("stroke-width", 2.5), ("stroke-dasharray", "8 4")),
        Svg.Words(Left + 34, 35, "the staircase: best at that recall or beyond"),
        Path($"M{Left + 246} 11{Diamond}", ("fill", Lines[2])),
        Svg.Words(Left + 258, 15, "11 recalls of VOC 2007"),
    ];

    private static IEnumerable<XElement> Axes()
    {
        yield return Path($"M{Left} {Top}V{Bottom}H{Right}", ("fill", "none"), ("stroke", "currentColor"));
        for (var i = 0; i <= 5; i++)
        {
            var part = i / 5.0;
            yield return Path($"M{X(part)} {Bottom}v5M{Left} {Y(part)}h-5", ("stroke", "currentColor"));
            yield return Svg.Words(Across(part), Bottom + 19, Html.Number(part), "middle");
            yield return Svg.Words(Left - 8, Up(part) + 4, Html.Number(part), "end");
        }

        yield return Svg.Words((Left + Right) / 2, Height - 8, "recall", "middle");
        yield return Svg.Element("text", ("transform", Invariant($"translate(14 {(Top + Bottom) / 2}) rotate(-90)")), ("text-anchor", "middle")).With("precision");
    }

    private static IEnumerable<XElement> Curves(IReadOnlyList<DetectionOutcome> outcomes, IReadOnlyList<PrecisionRecallPoint> points)
    {
        double Stairs(double recall) => points.Where(p => p.Recall >= recall).Select(p => p.Precision).DefaultIfEmpty().Max();
        var steps = points.Select(p => p.Recall).Distinct().Select(recall => $"V{Y(Stairs(recall))}H{X(recall)}");
        var outlined = $"M{X(0)} {Y(Stairs(0))}{string.Concat(steps)}V{Y(0)}";
        yield return Path($"{outlined}H{X(0)}z", ("fill", Lines[1]), ("fill-opacity", 0.1));
        yield return Path($"M{string.Join('L', points.Select(p => $"{X(p.Recall)} {Y(p.Precision)}"))}", ("fill", "none"), ("stroke", Lines[0]), ("stroke-width", 2));
        yield return Path($"{outlined}H{X(1)}", ("fill", "none"), ("stroke", Lines[1]), ("stroke-width", 2.5), ("stroke-dasharray", "8 4"));
        for (var i = 0; i <= 10; i++)
        {
            // 3 * .1 is a hair above .3, as in VOC's kit and in AveragePrecision.
            var height = Stairs(i == 3 ? 3 * .1 : i / 10.0);
            yield return Path($"M{X(i / 10.0)} {Y(height)}{Diamond}", ("fill", Lines[2])).With(Svg.Title($"recall {Fixed(i / 10.0, 1)}: {Fixed(height, 3)}"));
        }

        for (var i = 0; i < points.Count; i++)
        {
            yield return Circle(Across(points[i].Recall), Up(points[i].Precision), outcomes[i].Right ? Lines[0] : "none", ("pointer-events", "all"))
                .With(Svg.Title($"detection {i + 1}: precision {Fixed(points[i].Precision, 3)}, recall {Fixed(points[i].Recall, 3)}"));
        }
    }

    private static XElement Path(FormattableString path, params ReadOnlySpan<(string, object?)> paint) => Svg.Element("path", [("d", Invariant(path)), .. paint]);

    private static XElement Circle(double x, double y, string fill, params ReadOnlySpan<(string, object?)> more) =>
        Svg.Element("circle", [("cx", x), ("cy", y), ("r", 4), ("fill", fill), ("stroke", Lines[0]), ("stroke-width", 2), .. more]);

    private static double Across(double recall) => Left + (Right - Left) * recall;

    private static double Up(double precision) => Bottom - (Bottom - Top) * precision;

    private static string X(double recall) => Html.Number(Across(recall));

    private static string Y(double precision) => Html.Number(Up(precision));
}
