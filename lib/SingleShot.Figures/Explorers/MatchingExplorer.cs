using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Figures.Drawing;
using SingleShot.Images;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Runtime;
using static SingleShot.Figures.Explorers.ExplorerData;
using static TorchSharp.torch;

namespace SingleShot.Figures.Explorers;

/// <summary>The matches of a picture's objects, at any threshold and by either strategy.</summary>
internal static class MatchingExplorer
{
    public const double MinThreshold = 0.05;
    public const double MaxThreshold = 0.95;

    /// <summary>The smallest width and height of an object that is resized, in pixels of the picture.</summary>
    private const double MinSide = 2;

    /// <summary>The picture makes room for default boxes that overlap an object so much; room for all would leave little for the picture.</summary>
    private const double RoomFrom = 0.4;

    public static Figure Of(RgbImage image, IReadOnlyList<GroundTruth> truths, SsdSpecification model, double threshold, bool manyToMany, string caption)
    {
        var defaults = model.DefaultBoxes();
        var (matches, forced) = Match(truths, image, model, threshold, manyToMany);
        var names = truths.Select(t => ClassName(model, t.Label)).ToList();
        var alone = Enumerable.Range(0, truths.Count).Where(i => matches.All(m => m.Truth != i)).Select(i => $"{i} ({names[i]})").ToList();
        var explorer = new Explorer("matching", caption, Controls(threshold, manyToMany) + Movers(truths, names, image),
            $"{Count(matches.Count, "match")}, {forced.Count} of them forced. "
            + $"{defaults.Count - matches.Select(m => m.DefaultBox).Distinct().Count()} of {Count(defaults.Count, "default box")} match nothing. "
            + $"Objects that nobody matches: {(alone.Count > 0 ? string.Join(", ", alone) : "none")}.",
            new { Model = Model(model), Colors, Objects = truths.Select(t => new[] { t.Box.Left, t.Box.Top, t.Box.Right, t.Box.Bottom }), Names = names, image.Width, image.Height, MinSide })
        {
            Details = Tally(truths, names, matches, forced, defaults, image),
        };
        return explorer.On(new PictureSvg(
            image, [PictureLayer.Objects(Objects(truths, model)), PictureLayer.Moving([.. matches.Select(m => Draw(m, forced.Contains(m), truths, names, defaults, image))])],
            caption, [.. defaults.Select(box => BoxOnImage.Of(box, image)).Where(box => truths.Any(t => t.Box.Overlap(box.Box) >= RoomFrom))]));
    }

    /// <summary>Objects as thick lines, each with its number and class.</summary>
    public static IReadOnlyList<BoxOnImage> Objects(IReadOnlyList<GroundTruth> truths, SsdSpecification model) =>
        [.. truths.Select((t, i) => new BoxOnImage(t.Box, $"object {i}: {ClassName(model, t.Label)}", i, BoxStyle.Thick) { Label = $"{i}: {ClassName(model, t.Label)}" })];

    /// <summary>The library's matches, and those of them that the threshold alone would not have given.</summary>
    private static (IReadOnlyList<Match> All, HashSet<Match> Forced) Match(
        IReadOnlyList<GroundTruth> objects, RgbImage image, SsdSpecification model, double threshold, bool manyToMany)
    {
        if (objects.Count == 0)
        {
            return ([], []);
        }

        using var scope = NewDisposeScope();
        var (truths, boxes) = (Targets(objects, image), model.DefaultBoxes().ToTensor());
        Matcher matcher = manyToMany ? new ManyToManyMatcher(threshold) : new BestOverlapMatcher(threshold);
        var matches = matcher.Match(truths, ones(1, objects.Count, @bool), boxes, model.InputSize).InImage(0);
        if (manyToMany)
        {
            return (matches, []);
        }

        var (best, owner) = Jaccard.Overlap(
            truths[0].Times(model.InputSize).to(float32), BoxFormat.CenterToCorners(boxes).Times(model.InputSize)).max(0); // [A] each
        var owners = owner.MaskedFill(best.AtLeast(threshold).logical_not(), -1).data<long>().ToArray();
        return (matches, [.. matches.Where(m => owners[m.DefaultBox] != m.Truth)]);
    }

    private static string Controls(double threshold, bool manyToMany) =>
        Control.Slider("threshold", "Overlap threshold", MinThreshold, MaxThreshold, 0.01, threshold)
        + Control.Choice("strategy", "Strategy", manyToMany ? "many" : "best", ("best", "best overlap, then forced"), ("many", "many to many"));

    /// <summary>Controls that move an object, for whoever has no mouse; none where there are no objects.</summary>
    private static string Movers(IReadOnlyList<GroundTruth> truths, List<string> names, RgbImage image)
    {
        if (truths.Count == 0)
        {
            return "";
        }

        var box = truths[0].Box;
        return Control.Group("Drag an object or its corner, or use these",
            Control.Choice("object", "Object", "0", names.Select((name, i) => ($"{i}", $"{i}: {name}")))
            + Control.Button("put-back", "Put the objects back")
            + Control.Slider("x", "From left", 0, image.Width, 1, Math.Round((box.Left + box.Right) / 2))
            + Control.Slider("y", "From top", 0, image.Height, 1, Math.Round((box.Top + box.Bottom) / 2))
            + Control.Slider("width", "Width", Math.Min(MinSide, image.Width), image.Width, 1, Math.Round(box.Width))
            + Control.Slider("height", "Height", Math.Min(MinSide, image.Height), image.Height, 1, Math.Round(box.Height)));
    }

    private static BoxOnImage Draw(Match match, bool forced, IReadOnlyList<GroundTruth> truths, List<string> names, DefaultBoxes defaults, RgbImage image)
    {
        var box = BoxOnImage.Of(defaults[match.DefaultBox], image);
        return box with
        {
            Hover = $"{box.Hover}\n{(forced ? "forced to" : "matched to")} object {match.Truth}: {names[match.Truth]}\noverlap {Fixed(box.Box.Overlap(truths[match.Truth].Box), 3)}",
            Group = match.Truth,
            Style = forced ? BoxStyle.Dotted : BoxStyle.Dashed,
            Mark = forced ? CenterMark.Diamond : CenterMark.None,
        };
    }

    private static string Tally(
        IReadOnlyList<GroundTruth> truths, List<string> names, IReadOnlyList<Match> matches, HashSet<Match> forced, DefaultBoxes defaults, RgbImage image) => Table.Of(
        ["object", "pixels", "best overlap", "matches", "forced"],
        truths.Select((truth, i) =>
        {
            var own = matches.Where(m => m.Truth == i).ToList();
            var best = defaults.Max(box => box.On(image.Width, image.Height).Overlap(truth.Box));
            return new TableRow(
                [$"{i}: {names[i]}", $"{Html.Number(truth.Box.Width, 0)} x {Html.Number(truth.Box.Height, 0)}", Fixed(best, 2), own.Count, own.Count(forced.Contains)],
                own.Count == 0 ? "singleshot-missed" : null);
        }));
}
