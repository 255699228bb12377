using System.Xml.Linq;
using SingleShot.Figures.Drawing;
using SingleShot.Models;
using static System.FormattableString;

namespace SingleShot.Figures.Explorers.Architecture;

/// <summary>The parts of a network from top to bottom, and beside each map that predicts the share of its default boxes.</summary>
internal static class NetworkDrawing
{
    private const double Width = 640;
    private const double Row = 40;
    private const double Top = 34;
    private const double Middle = 228; // of the maps
    private const double WidestMap = 170;
    private const double Heads = 352;
    private const double Bar = 596;
    private const double BarWidth = 26;
    private const double LeastShare = 5; // of the bar's height, in pixels, for a map with few boxes to be seen
    private const string Trunk = "#8C8C8C";

    /// <summary>The drawing as SVG.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="summary">The drawing in words.</param>
    public static string Draw(SsdSpecification model, IReadOnlyList<NetworkPart> parts, string summary)
    {
        var height = Top + Row * parts.Count + 24;
        var shares = Shares(model, Row * parts.Count - 10);
        return Svg.Root([
            ("viewBox", Invariant($"0 0 {Width} {height}")), ("width", Width), ("height", height), ("role", "img"), ("aria-label", summary),
            .. Svg.Font, ("style", "display:block;max-width:100%;height:auto")])
            .With(
                Svg.Words(4, 16, "channels x rows x columns"),
                Svg.Words(Heads, 16, "default boxes: cells x boxes in a cell"),
                parts.Select((part, i) => Svg.Element("g", ("data-part", i), ("style", "cursor:pointer"))
                    .With(Svg.Title($"{part.Name}: {part.Layers}"), Map(part, i), i > 0 ? Arrow(i) : null, part.Map is { } map ? Head(model, part, map, i, shares[map]) : null)),
                Svg.Element("g", ("data-part", parts.Count), ("style", "cursor:pointer")).With(
                    Svg.Element("rect", ("x", Bar), ("y", Top), ("width", BarWidth), ("height", shares[^1].To - Top), ("fill", "none"), ("stroke", "currentColor")),
                    Svg.Words(Bar + BarWidth, shares[^1].To + 18, Invariant($"{model.BoxCount} in all"), "end")))
            .Markup();
    }

    /// <summary>For each map, from where to where its part of the bar goes; all have a least height, and share the rest by their boxes.</summary>
    private static List<(double From, double To)> Shares(SsdSpecification model, double height)
    {
        var free = height - LeastShare * model.Maps.Count;
        var shares = new List<(double From, double To)>();
        var from = Top;
        foreach (var map in model.Maps)
        {
            var to = from + LeastShare + free * map.BoxCount / model.BoxCount;
            shares.Add((from, to));
            from = to;
        }

        return shares;
    }

    private static IEnumerable<XElement> Map(NetworkPart part, int row)
    {
        // Both by their roots: a map of one cell is still seen beside one of 300, and 3 channels beside 1024.
        var (width, thickness) = (SideOf(part), 5 + 19 * Math.Sqrt(part.Channels / 1024d));
        var middle = Center(row);
        yield return Svg.Element("rect", ("class", "singleshot-part"), ("x", Middle - width / 2), ("y", middle - thickness / 2), ("width", width), ("height", thickness),
            ("fill", part.Map is { } map ? Palette.Box(map) : Trunk), ("stroke", "currentColor"), ("stroke-width", 1), ("pointer-events", "all"));
        yield return Svg.Words(4, middle - 3, part.Name).With(new XAttribute("font-weight", part.Map is null ? "normal" : "bold"));
        yield return Svg.Words(4, middle + 12, Invariant($"{part.Channels} x {part.Size} x {part.Size}"));
    }

    private static XElement Arrow(int row)
    {
        var end = Center(row) - 14;
        return Svg.Element("path", ("d", $"M{Html.Number(Middle)} {Html.Number(Center(row - 1) + 14)}V{Html.Number(end)}m-3 -4l3 4l3 -4"), ("fill", "none"), ("stroke", "currentColor"));
    }

    private static double SideOf(NetworkPart part) => 6 + WidestMap * Math.Sqrt(part.Size / 512d);

    /// <summary>From a map by its heads to its part of all boxes.</summary>
    private static IEnumerable<XElement> Head(SsdSpecification model, NetworkPart part, int number, int row, (double From, double To) share)
    {
        var (map, middle, color) = (model.Maps[number], Center(row), Palette.Box(number));
        var words = Invariant($"{map.Size}² x {map.BoxesPerCell} = {map.BoxCount}");
        string At(double x, double y) => $"{Html.Number(x)} {Html.Number(y)}";
        yield return Svg.Element("path", ("d", $"M{At(Bar - 84, middle - 3)}L{At(Bar, share.From)}V{Html.Number(share.To)}L{At(Bar - 84, middle + 3)}z"), ("fill", color), ("fill-opacity", .35));
        yield return Svg.Element("rect", ("x", Bar), ("y", share.From), ("width", BarWidth), ("height", share.To - share.From), ("fill", color), ("stroke", "currentColor"), ("stroke-width", .5));
        yield return Svg.Element("path", ("d", $"M{At(Middle + SideOf(part) / 2 + 3, middle)}H{Html.Number(Heads - 8)}M{At(Heads + Svg.TextWidth(words) + 8, middle)}H{Html.Number(Bar - 84)}"),
            ("fill", "none"), ("stroke", "currentColor"), ("stroke-opacity", .5));
        yield return Svg.Words(Heads, middle + 5, words);
    }

    private static double Center(int row) => Top + Row * (row + 0.5) - 4;
}
