using SingleShot.Detection;
using SingleShot.Figures.Drawing;
using static SingleShot.Figures.Drawing.Html;

namespace SingleShot.Figures.Values;

/// <summary>What a detector found in a picture, best first.</summary>
internal static class DetectionTable
{
    public static Figure Draw(IReadOnlyList<DetectedObject> found)
    {
        var ranked = found.OrderByDescending(one => one.Score).ToList();
        var summary = ranked.Count == 0 ? "Nothing detected" : $"{Annotated.Count(ranked.Count, "detection")}, best {ranked[0].ClassName} {Number(ranked[0].Score)}";
        return new Figure(summary, width => CaptionedTable.Of(
            summary, width, ["class", "score", "left", "top", "right", "bottom"],
            ranked.Select(one => new TableRow(
                [one.ClassName, Number(one.Score, 3), Number(one.Box.Left, 1), Number(one.Box.Top, 1), Number(one.Box.Right, 1), Number(one.Box.Bottom, 1)]))));
    }
}
