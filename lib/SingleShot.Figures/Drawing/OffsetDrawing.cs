using System.Xml.Linq;
using SingleShot.Boxes;
using static System.FormattableString;
using static SingleShot.Figures.Drawing.Html;

namespace SingleShot.Figures.Drawing;

/// <summary>A default box and an object, with the sizes and the shift that make the four offsets between them.</summary>
internal sealed class OffsetDrawing(BoundingBox from, BoundingBox to)
{
    private const double Width = 640;
    private const double Side = 86; // for the text of a height
    private const double Top = 48;
    private const double Longest = 280; // of the sides of what is drawn
    private const double Line = 20;
    private const int Orange = 1; // of the default box
    private const int Blue = 0; // of the object

    private readonly BoundingBox _frame = new(Math.Min(from.Left, to.Left), Math.Min(from.Top, to.Top), Math.Max(from.Right, to.Right), Math.Max(from.Bottom, to.Bottom));

    private double Scale => Math.Min((Width - 2 * Side) / _frame.Width, Longest / _frame.Height);

    private double Bottom => Top + _frame.Height * Scale;

    /// <summary>The drawing as SVG.</summary>
    /// <param name="summary">The drawing in words.</param>
    public string Draw(string summary)
    {
        var (height, start, end) = (Bottom + Top + 4 * Line, CenterOf(from), CenterOf(to));
        var turn = start with { X = end.X };
        return Svg.Root([
            ("viewBox", Invariant($"0 0 {Width} {Number(height)}")), ("width", Width), ("height", height), ("role", "img"), ("aria-label", summary),
            .. Svg.Font, ("style", "display:block;max-width:100%;height:auto")])
            .With(
                Outline(from, Orange, dashed: true), Outline(to, Blue, dashed: false),
                Across(from, Top - 14, -1, Orange, "default box"), Down(from, X(_frame.Left) - 12, -1, Orange),
                Across(to, Bottom + 14, 1, Blue, "object"), Down(to, X(_frame.Right) + 12, 1, Blue),
                Arrow(start, turn), Arrow(turn, end), Ring(start, Orange), Ring(end, Blue),
                Svg.Words((start.X + end.X) / 2, start.Y - 12, "cx", "middle"), Svg.Words(end.X + 12, (start.Y + end.Y) / 2 + 4, "cy"),
                Sums().Select((sum, i) => Svg.Words(X(_frame.Left), Bottom + Top + Line * (i + 0.7), sum)))
            .Markup();
    }

    private string[] Sums()
    {
        var (x, y) = ((to.Left + to.Right - from.Left - from.Right) / 2, (to.Top + to.Bottom - from.Top - from.Bottom) / 2);
        return
        [
            Shift("cx", x, from.Width, x < 0 ? "to the left" : "to the right", "wide"), Shift("cy", y, from.Height, y < 0 ? "up" : "down", "high"),
            Ratio("w", to.Width, from.Width), Ratio("h", to.Height, from.Height),
        ];
        static string Shift(string name, double by, double side, string where, string way) =>
            $"{name} = {Number(by, 3)} / {Number(side, 3)} = {Number(by / side, 3)}: {where}, in steps as {way} as the default box";
        static string Ratio(string name, double side, double of) => $"{name} = log({Number(side, 3)} / {Number(of, 3)}) = log {Number(side / of, 3)} = {Number(Math.Log(side / of), 3)}";
    }

    private XElement Outline(BoundingBox box, int color, bool dashed) => Svg.Element("rect",
        ("x", X(box.Left)), ("y", Y(box.Top)), ("width", box.Width * Scale), ("height", box.Height * Scale),
        ("fill", "none"), ("stroke", Palette.Line(color)), ("stroke-width", dashed ? 2.5 : 4), ("stroke-dasharray", dashed ? "8 4" : null));

    /// <summary>A line as long as a box is wide, with ends, and its length beside it: above the line for -1, below it for 1.</summary>
    private IEnumerable<XElement> Across(BoundingBox box, double y, int side, int color, string name) =>
    [
        Pen($"M{Number(X(box.Left))} {Number(y - 5)}v10m0 -5H{Number(X(box.Right))}m0 -5v10", color),
        Svg.Words((X(box.Left) + X(box.Right)) / 2, y + (side < 0 ? -9 : 19), $"{name}: width {Number(box.Width, 3)}", "middle"),
    ];

    private IEnumerable<XElement> Down(BoundingBox box, double x, int side, int color) =>
    [
        Pen($"M{Number(x - 5)} {Number(Y(box.Top))}h10m-5 0V{Number(Y(box.Bottom))}m-5 0h10", color),
        Svg.Words(x + 9 * side, (Y(box.Top) + Y(box.Bottom)) / 2 + 4, $"height {Number(box.Height, 3)}", side < 0 ? "end" : null),
    ];

    private static XElement Arrow((double X, double Y) start, (double X, double Y) end)
    {
        var (x, y) = (Math.Sign(Math.Round(end.X - start.X, 6)), Math.Sign(Math.Round(end.Y - start.Y, 6))); // along one axis
        return Svg.Element("path", ("fill", "none"), ("stroke", "currentColor"), ("stroke-width", 2d),
            ("d", Invariant($"M{Number(start.X)} {Number(start.Y)}L{Number(end.X)} {Number(end.Y)}m{-6 * x - 4 * y} {-6 * y - 4 * x}l{6 * x + 4 * y} {6 * y + 4 * x}l{-6 * x + 4 * y} {-6 * y + 4 * x}")));
    }

    private static XElement Ring((double X, double Y) center, int color) =>
        Svg.Element("circle", ("cx", center.X), ("cy", center.Y), ("r", 7d), ("fill", "none"), ("stroke", Palette.Line(color)), ("stroke-width", 2.5));

    private static XElement Pen(string path, int color) =>
        Svg.Element("path", ("d", path), ("fill", "none"), ("stroke", Palette.Line(color)), ("stroke-width", 1.5));

    private (double X, double Y) CenterOf(BoundingBox box) => ((X(box.Left) + X(box.Right)) / 2, (Y(box.Top) + Y(box.Bottom)) / 2);

    private double X(double x) => Side + (x - _frame.Left) * Scale;

    private double Y(double y) => Top + (y - _frame.Top) * Scale;
}
