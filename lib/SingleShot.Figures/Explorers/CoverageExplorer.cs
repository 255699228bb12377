using System.Text;
using SingleShot.Boxes;
using SingleShot.Models;
using static SingleShot.Figures.Explorers.ExplorerData;
using static TorchSharp.torch;

namespace SingleShot.Figures.Explorers;

/// <summary>The sizes of objects over the scales of the maps, and which of them some default box overlaps by half.</summary>
internal static class CoverageExplorer
{
    /// <summary>More would make the slider slow: each is compared with every default box when it moves.</summary>
    public const int MostObjects = 1000;

    private const double CoveredFrom = 0.5;
    private const double Least = 0.02;
    private const double Most = 1.25;
    private const int Bins = 26;
    private const double Width = 640;
    private const double Height = 300;
    private const double Left = 44;
    private const double Right = 630;
    private const double Top = 44;
    private const double Bottom = 250;

    /// <param name="objects">Corners of the objects as fractions of their images' sides, four numbers each.</param>
    /// <param name="model">The model whose default boxes are to cover them.</param>
    /// <param name="caption">A line below.</param>
    public static Figure Of(float[] objects, SsdSpecification model, string caption)
    {
        var best = Best(objects, model);
        var covered = best.Select(b => b.Overlap >= CoveredFrom).ToArray();
        var count = covered.Count(c => c);
        var explorer = new Explorer("coverage", caption,
            Control.Choice("map", "Scale to change", "all", [("all", "of all maps"), .. model.Maps.Select((m, k) => ($"{k}", $"of map {k}: {Html.Number(m.Scale, 3)}"))])
                + Control.Slider("factor", "Times", 0.3, 3, 0.05, 1),
            $"{count} of {Count(covered.Length, "object")} are covered: some default box overlaps them by {Html.Number(CoveredFrom)} or more.",
            new { Model = Model(model), Objects = Pack(objects), CoveredFrom, Least, Most, Bins, Left, Right, Top, Bottom, Colours = new[] { Palette.Line(0), Palette.Line(1) } })
        {
            Details = Table(model, best),
        };
        return explorer.On(_ => Svg(objects, covered, model, caption));
    }

    /// <summary>For each object the map of the default box that overlaps it best, of equal ones the first, and by how much.</summary>
    private static List<(int Map, float Overlap)> Best(float[] objects, SsdSpecification model)
    {
        using var scope = NewDisposeScope();
        var boxes = model.DefaultBoxes();
        var defaults = BoxFormat.CenterToCorners(boxes.ToTensor());
        var best = new List<(int Map, float Overlap)>();
        foreach (var some in objects.Chunk(4 * 64))
        {
            var overlaps = Jaccard.Overlap(tensor(some, [some.Length / 4, 4]), defaults).data<float>().ToArray(); // [some, A]
            best.AddRange(overlaps.Chunk(boxes.Count).Select(row => (boxes[Array.IndexOf(row, row.Max())].Map, row.Max())));
        }

        return best;
    }

    private static string Table(SsdSpecification model, List<(int Map, float Overlap)> best)
    {
        var rows = model.Maps.Select((map, k) => $"<tr><td>{k}: {map.Size} x {map.Size}</td><td>{Html.Number(map.Scale, 3)}</td>"
            + $"<td>{best.Count(b => b.Map == k)}</td><td>{best.Count(b => b.Map == k && b.Overlap >= CoveredFrom)}</td></tr>");
        return "<table><thead><tr><th scope=\"col\">map</th><th scope=\"col\">scale</th><th scope=\"col\">objects it fits best</th><th scope=\"col\">of them covered</th></tr></thead>"
            + $"<tbody>{string.Concat(rows)}</tbody></table>";
    }

    private static string Svg(float[] objects, bool[] covered, SsdSpecification model, string caption)
    {
        var svg = new StringBuilder();
        svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-label=\"{Html.Text(caption)}\" ");
        svg.Add($"font-family=\"sans-serif\" font-size=\"13\" fill=\"currentColor\" style=\"display:block;max-width:100%;height:auto\">");
        // Hatching tells the second kind of bar from the first without its colour.
        svg.Add($"<defs><pattern id=\"singleshot-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M0 0V6M3 0V6\" stroke=\"{Palette.Line(1)}\" stroke-width=\"2\"/></pattern></defs>");
        svg.Add($"<path d=\"M{Left} {Top}V{Bottom}H{Right}\" fill=\"none\" stroke=\"currentColor\"/>");
        double[] ticks = [0.02, 0.05, 0.1, 0.2, 0.5, 1];
        foreach (var tick in ticks)
        {
            svg.Add($"<path d=\"M{Html.Number(At(tick))} {Bottom}v5\" stroke=\"currentColor\"/><text x=\"{Html.Number(At(tick))}\" y=\"{Bottom + 19}\" text-anchor=\"middle\">{Html.Number(tick)}</text>");
        }

        svg.Add($"<text x=\"{(Left + Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">side of a square as large as the object, as a part of the image's side</text>");
        svg.Add($"<rect x=\"{Left}\" y=\"4\" width=\"12\" height=\"12\" fill=\"{Palette.Line(0)}\"/><text x=\"{Left + 17}\" y=\"15\">covered</text>");
        svg.Add($"<rect x=\"{Left + 90}\" y=\"4\" width=\"12\" height=\"12\" fill=\"url(#singleshot-hatch)\" stroke=\"{Palette.Line(1)}\"/><text x=\"{Left + 107}\" y=\"15\">not covered</text>");
        svg.Add($"<text x=\"{Left + 210}\" y=\"15\">dashes: scale of each map</text>");
        svg.Append("<g data-layer=\"moving\">");
        AppendBars(svg, objects, covered);
        foreach (var (map, k) in model.Maps.Select((map, k) => (map, k)))
        {
            svg.Add($"<path d=\"M{Html.Number(At(map.Scale))} {Top - 8}V{Bottom}\" stroke=\"currentColor\" stroke-dasharray=\"6 4\"/><text x=\"{Html.Number(At(map.Scale))}\" y=\"{Top - 12}\" text-anchor=\"middle\">{k}</text>");
        }

        return svg.Append("</g></svg>").ToString();
    }

    private static void AppendBars(StringBuilder svg, float[] objects, bool[] covered)
    {
        var bins = covered.Select((c, i) => (Bin: Bin(objects, i), Covered: c)).ToLookup(o => o.Bin, o => o.Covered);
        var tallest = Math.Max(1, bins.Select(b => b.Count()).DefaultIfEmpty().Max());
        var step = (Right - Left) / Bins;
        foreach (var bin in bins.OrderBy(b => b.Key))
        {
            var full = bin.Count(c => c) * (Bottom - Top) / tallest;
            var rest = bin.Count(c => !c) * (Bottom - Top) / tallest;
            var place = $"x=\"{Html.Number(Left + step * bin.Key + 1)}\" width=\"{Html.Number(step - 2)}\"";
            svg.Add($"<rect class=\"singleshot-bar\" {place} y=\"{Html.Number(Bottom - full)}\" height=\"{Html.Number(full)}\" fill=\"{Palette.Line(0)}\"/>");
            svg.Add($"<rect class=\"singleshot-bar\" {place} y=\"{Html.Number(Bottom - full - rest)}\" height=\"{Html.Number(rest)}\" fill=\"url(#singleshot-hatch)\" stroke=\"{Palette.Line(1)}\"/>");
        }

        svg.Add($"<text x=\"{Left - 6}\" y=\"{Top + 8}\" text-anchor=\"end\">{tallest}</text><text x=\"{Left - 6}\" y=\"{Bottom}\" text-anchor=\"end\">0</text>");
    }

    private static double At(double size) => Left + (Right - Left) * Math.Clamp(Math.Log(size / Least) / Math.Log(Most / Least), 0, 1);

    private static int Bin(float[] objects, int i)
    {
        var size = Math.Sqrt((double)(objects[4 * i + 2] - objects[4 * i]) * (objects[4 * i + 3] - objects[4 * i + 1]));
        return Math.Clamp((int)Math.Floor(Bins * Math.Log(size / Least) / Math.Log(Most / Least)), 0, Bins - 1);
    }
}
