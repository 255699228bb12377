using System.Xml.Linq;
using SingleShot.Figures.Drawing;
using SingleShot.Models;
using static System.FormattableString;

namespace SingleShot.Figures.Explorers;

/// <summary>A histogram of objects by size, covered and not covered, and the scale of each map of a model.</summary>
internal static class CoverageChart
{
    private const double MinSize = 0.02;
    private const double MaxSize = 1.25;
    private const int Bins = 26;
    private const double Width = 640;
    private const double Height = 300;
    private const double Left = 44;
    private const double Right = 630;
    private const double Top = 44;
    private const double Bottom = 250;
    private const string Hatching = "singleshot-hatch";
    private static readonly double[] Ticks = [0.02, 0.05, 0.1, 0.2, 0.5, 1];

    /// <summary>Where the axes lie, and the sizes at their ends.</summary>
    public static object Frame { get; } = new { MinSize, MaxSize, Bins, Left, Right, Top, Bottom };

    /// <summary>The chart as SVG.</summary>
    /// <param name="objects">Corners of the objects as fractions of their images' sides, four numbers each.</param>
    /// <param name="covered">For each object whether it is covered.</param>
    /// <param name="model">The model.</param>
    /// <param name="summary">The chart in words.</param>
    public static string Draw(float[] objects, bool[] covered, SsdSpecification model, string summary) => Svg.Root([
        ("viewBox", Invariant($"0 0 {Width} {Height}")), ("width", Width), ("height", Height), ("role", "img"), ("aria-label", summary),
        .. Svg.Font, ("style", "display:block;max-width:100%;height:auto")])
        .With(
            // Hatching tells the second kind of bar from the first without its color.
            Svg.Element("defs").With(
                Svg.Element("pattern", ("id", Hatching), ("width", 6), ("height", 6), ("patternUnits", "userSpaceOnUse"), ("patternTransform", "rotate(45)"))
                    .With(Svg.Element("path", ("d", "M0 0V6M3 0V6"), ("stroke", Palette.Line(1)), ("stroke-width", 2)))),
            Svg.Element("path", ("d", Invariant($"M{Left} {Top}V{Bottom}H{Right}")), ("fill", "none"), ("stroke", "currentColor")),
            Ticks.Select(tick => (XElement[])
            [
                Svg.Element("path", ("d", $"M{Html.Number(At(tick))} {Html.Number(Bottom)}v5"), ("stroke", "currentColor")),
                Svg.Words(At(tick), Bottom + 19, Html.Number(tick), "middle"),
            ]),
            Svg.Words((Left + Right) / 2, Height - 8, "side of a square as large as the object, as a part of the image's side", "middle"),
            Svg.Element("rect", [("x", Left), ("y", 4), ("width", 12), ("height", 12), .. Paint(covered: true)]),
            Svg.Words(Left + 17, 15, "covered"),
            Svg.Element("rect", [("x", Left + 90), ("y", 4), ("width", 12), ("height", 12), .. Paint(covered: false)]),
            Svg.Words(Left + 107, 15, "not covered"),
            Svg.Words(Left + 210, 15, "dashes: scale of each map"),
            Svg.Element("g", ("data-layer", "moving")).With(Bars(objects, covered), Scales(model)))
        .Markup();

    private static IEnumerable<XElement> Bars(float[] objects, bool[] covered)
    {
        var bins = covered.Select((c, i) => (Bin: Bin(objects, i), Covered: c)).ToLookup(o => o.Bin, o => o.Covered);
        var tallest = Math.Max(1, bins.Select(b => b.Count()).DefaultIfEmpty().Max());
        var step = (Right - Left) / Bins;
        foreach (var bin in bins.OrderBy(b => b.Key))
        {
            var full = bin.Count(c => c) * (Bottom - Top) / tallest;
            var rest = bin.Count(c => !c) * (Bottom - Top) / tallest;
            (string, object?)[] place = [("class", "singleshot-bar"), ("x", Left + step * bin.Key + 1), ("width", step - 2)];
            yield return Svg.Element("rect", [.. place, ("y", Bottom - full), ("height", full), .. Paint(covered: true)]);
            yield return Svg.Element("rect", [.. place, ("y", Bottom - full - rest), ("height", rest), .. Paint(covered: false)]);
        }

        yield return Svg.Words(Left - 6, Top + 8, Invariant($"{tallest}"), "end");
        yield return Svg.Words(Left - 6, Bottom, "0", "end");
    }

    private static IEnumerable<XElement> Scales(SsdSpecification model) => model.Maps.SelectMany((map, k) => (XElement[])
    [
        Svg.Element("path", ("d", $"M{Html.Number(At(map.Scale))} {Html.Number(Top - 8)}V{Html.Number(Bottom)}"), ("stroke", "currentColor"), ("stroke-dasharray", "6 4")),
        Svg.Words(At(map.Scale), Top - 12, Invariant($"{k}"), "middle"),
    ]);

    private static (string, object?)[] Paint(bool covered) =>
        covered ? [("fill", Palette.Line(0))] : [("fill", $"url(#{Hatching})"), ("stroke", Palette.Line(1))];

    private static double At(double size) => Left + (Right - Left) * Math.Clamp(Part(size), 0, 1);

    private static int Bin(float[] objects, int i)
    {
        var size = Math.Sqrt((double)(objects[4 * i + 2] - objects[4 * i]) * (objects[4 * i + 3] - objects[4 * i + 1]));
        return Math.Clamp((int)Math.Floor(Bins * Part(size)), 0, Bins - 1);
    }

    /// <summary>How far along the axis a size lies, from 0 to 1 between its ends.</summary>
    private static double Part(double size) => Math.Log(size / MinSize) / Math.Log(MaxSize / MinSize);
}
