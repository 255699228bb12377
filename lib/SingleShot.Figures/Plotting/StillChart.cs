using System.Globalization;
using System.Xml.Linq;
using SingleShot.Figures.Drawing;
using static System.FormattableString;
using static SingleShot.Figures.Drawing.Html;

namespace SingleShot.Figures.Plotting;

/// <summary>A chart as plain SVG, for places that run no script: frame, ends of the axes, titles, legend and data.</summary>
internal sealed class StillChart(Axes axes, int height)
{
    private const double Width = 720;
    private const double Left = 72;
    private const double Right = Width - 170; // the legend stands beside
    private const double Top = 34;
    private const int MaxPoints = 300;
    private const int MaxNames = 12;
    private const int MaxLegendLength = 18;
    private static readonly double Nothing = Math.Log10(0.5);
    private static readonly Dictionary<string, string> DashArrays = new()
    {
        ["dash"] = "7 4",
        ["dot"] = "2 3",
        ["dashdot"] = "7 3 2 3",
        ["longdash"] = "12 4",
    };

    private readonly double _bottom = height - 56;

    // The size is a style: a page may set the height of any picture to auto, and then cut the axis off.
    private readonly XElement _svg = Svg.Root([
        ("viewBox", Invariant($"0 0 {Width} {height}")), .. Svg.Font, ("style", "display:block;width:100%;height:100%"), ("preserveAspectRatio", "xMinYMin meet")]);

    public string Curves(IReadOnlyList<Curve> curves)
    {
        var shown = curves.Select(c => Thinning.Keep(c.Points, MaxPoints).Select(i => c.Points[i]).Where(Drawable).Select(Scaled).ToList()).ToList();
        var all = shown.SelectMany(c => c).DefaultIfEmpty().ToList();
        var x = Ends(axes.RangeX, axes.LogX, all.Min(p => p.X), all.Max(p => p.X));
        var y = Ends(axes.RangeY, axes.LogY, all.Min(p => p.Y), all.Max(p => p.Y));
        Frame(x, y);
        var legend = Top + 8;
        for (var i = 0; i < shown.Count; i++)
        {
            (string, object?)[] pen = [("fill", "none"), ("stroke", curves[i].Color(i)), ("stroke-width", 2), ("stroke-dasharray", DashArrays.GetValueOrDefault(Palette.Dash(i)))];
            var points = shown[i].Select(p => $"{Number(At(p.X, x, Left, Right), 1)},{Number(At(p.Y, y, _bottom, Top), 1)}");
            _svg.Add(Svg.Element("polyline", [("points", string.Join(' ', points)), .. pen]));
            if (i < MaxNames && curves.Count > 1)
            {
                _svg.Add(Svg.Element("path", [("d", $"M{Number(Right + 12)} {Number(legend)}h26"), .. pen]));
                foreach (var line in LegendLines(curves[i].Name))
                {
                    _svg.Add(Svg.Words(Right + 44, legend + 4, line, "start"));
                    legend += 15;
                }

                legend += 6;
            }
        }

        return _svg.Markup();
    }

    /// <summary>Upright bars from left to right; names below where there is room for them, else along the bars.</summary>
    public string Bars(IReadOnlyList<Bar> bars, (double From, double To)? ends)
    {
        // On a logarithmic axis a bar of 1 has a height, and one of nothing none.
        var values = bars.Select(b => axes.LogY ? b.Value > 0 ? Math.Log10(b.Value) : Nothing : double.IsFinite(b.Value) ? b.Value : 0).ToList();
        var y = Ends(axes.RangeY, axes.LogY, Math.Min(axes.LogY ? Nothing : 0, values.DefaultIfEmpty().Min()), Math.Max(0, values.DefaultIfEmpty().Max()));
        Frame(ends, y);
        var step = (Right - Left) / Math.Max(1, bars.Count);
        for (var i = 0; i < bars.Count; i++)
        {
            double from = At(values[i], y, _bottom, Top), to = At(axes.LogY ? y.From : 0, y, _bottom, Top);
            _svg.Add(Svg.Element("rect",
                ("x", Left + step * (i + 0.1)), ("y", Math.Min(from, to)), ("width", step * 0.8), ("height", Math.Abs(to - from)), ("fill", Palette.Line(0)))
                .With(Svg.Title($"{bars[i].Name}: {Number(bars[i].Value, 4)}")));
            var middle = Left + step * (i + 0.5);
            if (ends is null && bars[i].Name.Length * 7 < step)
            {
                _svg.Add(Svg.Words(middle, _bottom + 16, bars[i].Name, "middle"));
            }
            else if (ends is null && step > 12)
            {
                _svg.Add(Svg.Element("g", ("transform", $"translate({Number(middle + 4)} {Number(_bottom - 6)}) rotate(-90)")).With(Svg.Words(0, 0, bars[i].Name, "start")));
            }
        }

        return _svg.Markup();
    }

    /// <summary>A curve's name as the legend has room for it: on two lines where it is long, cut where it is longer.</summary>
    private static string[] LegendLines(string name)
    {
        if (name.Length <= MaxLegendLength)
        {
            return [name];
        }

        var at = name.LastIndexOf(' ', MaxLegendLength);
        var (first, rest) = at > 0 ? (name[..at], name[(at + 1)..]) : (name[..MaxLegendLength], name[MaxLegendLength..]);
        return [first, rest.Length > MaxLegendLength ? rest[..(MaxLegendLength - 1)] + '…' : rest];
    }

    private bool Drawable((double X, double Y) p) =>
        double.IsFinite(p.X) && double.IsFinite(p.Y) && (!axes.LogX || p.X > 0) && (!axes.LogY || p.Y > 0);

    private (double X, double Y) Scaled((double X, double Y) p) => (axes.LogX ? Math.Log10(p.X) : p.X, axes.LogY ? Math.Log10(p.Y) : p.Y);

    private static (double From, double To) Ends((double From, double To)? given, bool logarithmic, double from, double to) => given switch
    {
        var (a, b) when logarithmic => (Math.Log10(a), Math.Log10(b)),
        var (a, b) => (a, b),
        _ when to > from => (from, to),
        _ => (from - 1, to + 1),
    };

    private static double At(double value, (double From, double To) ends, double from, double to) =>
        from + Math.Clamp((value - ends.From) / (ends.To - ends.From), 0, 1) * (to - from);

    private void Frame((double From, double To)? x, (double From, double To) y)
    {
        _svg.Add(Svg.Element("path",
            ("d", $"M{Number(Left)} {Number(Top)}V{Number(_bottom)}H{Number(Right)}"), ("fill", "none"), ("stroke", "currentColor"), ("stroke-opacity", ".6")));
        if (x is var (from, to))
        {
            _svg.Add(Svg.Words(Left, _bottom + 16, Tick(from, to, axes.LogX), "start"));
            _svg.Add(Svg.Words(Right, _bottom + 16, Tick(to, from, axes.LogX), "end"));
        }

        if (x is var (least, most) && axes.MarkX is var (at, name))
        {
            var place = At(axes.LogX ? Math.Log10(at) : at, (least, most), Left, Right);
            _svg.Add(Svg.Element("path", ("d", $"M{Number(place)} {Number(Top)}V{Number(_bottom)}"), ("stroke", "currentColor"), ("stroke-dasharray", "7 4")));
            _svg.Add(Svg.Words(place + 6, Top + 12, name, "start"));
        }

        // A long title of a low chart is moved and, if it must be, made smaller, so that the edge does not cut it.
        var half = Math.Min(Svg.TextWidth(axes.Y) / 2, height / 2d - 4);
        var scale = Math.Min(1, 2 * half / Math.Max(1, Svg.TextWidth(axes.Y)));
        var middle = Math.Clamp((_bottom + Top) / 2, half + 4, height - half - 4);
        _svg.With(
            Svg.Words(Left - 6, _bottom, Tick(y.From, y.To, axes.LogY), "end"),
            Svg.Words(Left - 6, Top + 8, Tick(y.To, y.From, axes.LogY), "end"),
            Svg.Words((Left + Right) / 2, _bottom + 38, axes.X, "middle"),
            Svg.Element("g", ("transform", $"translate(18 {Number(middle)}) rotate(-90) scale({Number(scale)})")).With(Svg.Words(0, 0, axes.Y, "middle")),
            Svg.Words(Left, 20, axes.Title ?? "", "start"));
    }

    /// <summary>The number at an end of an axis, with four digits; one that is tiny beside the other end is written as 0.</summary>
    private static string Tick(double value, double other, bool logarithmic)
    {
        var number = logarithmic ? Math.Pow(10, value) : Math.Abs(value) < Math.Abs(other) / 1000 ? 0 : value;
        return Math.Abs(number) is > 0 and (< 0.001 or >= 1e6)
            ? number.ToString("0.##e0", CultureInfo.InvariantCulture)
            : number.ToString("G4", CultureInfo.InvariantCulture);
    }
}
