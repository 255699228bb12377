using SingleShot.Boxes;
using SingleShot.Figures.Drawing;
using SingleShot.Models;
using static SingleShot.Figures.Explorers.ExplorerData;
using static TorchSharp.torch;

namespace SingleShot.Figures.Explorers;

/// <summary>Which objects some default box of a model overlaps by half, at any scales of its maps.</summary>
internal static class CoverageExplorer
{
    /// <summary>More objects would make the slider slow: each is compared with every default box when it moves.</summary>
    public const int MaxObjects = 1000;

    private const double CoveredFrom = 0.5;

    /// <summary>The explorer of a data set's objects.</summary>
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
            new { Model = Model(model), Objects = Pack(objects), CoveredFrom, Chart = CoverageChart.Frame, Colors = new[] { Palette.Line(0), Palette.Line(1) } })
        {
            Details = Tally(model, best),
        };
        return explorer.On(_ => CoverageChart.Draw(objects, covered, model, caption));
    }

    /// <summary>For each object the map of the default box that overlaps it best, the first of equals, and that overlap.</summary>
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

    private static string Tally(SsdSpecification model, List<(int Map, float Overlap)> best) => Table.Of(
        ["map", "scale", "objects it fits best", "of them covered"],
        model.Maps.Select((map, k) => new TableRow(
            [$"{k}: {map.Size} x {map.Size}", Html.Number(map.Scale, 3), best.Count(b => b.Map == k), best.Count(b => b.Map == k && b.Overlap >= CoveredFrom)])));
}
