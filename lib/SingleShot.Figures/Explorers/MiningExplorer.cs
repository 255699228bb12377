using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Figures.Drawing;
using SingleShot.Images;
using SingleShot.Losses;
using SingleShot.Models;
using static SingleShot.Figures.Explorers.ExplorerData;
using static TorchSharp.torch;

namespace SingleShot.Figures.Explorers;

/// <summary>The mined negatives of a picture, at any ratio and in several states of the network.</summary>
internal static class MiningExplorer
{
    private const int FirstRatio = 1;

    /// <summary>More boxes are drawn thin, or they would hide the objects.</summary>
    private const int MaxSolid = 40;

    /// <summary>Negatives for each positive; null for all of them.</summary>
    private static readonly double?[] Ratios = [1, 3, 10, null];

    public static Figure Of(
        RgbImage image, IReadOnlyList<GroundTruth> truths, SsdSpecification model, IReadOnlyList<(string Name, Tensor Scores)> snapshots, string caption)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var defaults = model.DefaultBoxes();
        var corners = Corners(truths, image);
        Matcher matcher = model.NoObject == NoObject.BackgroundClass ? new BestOverlapMatcher() : new ManyToManyMatcher();
        var positive = corners.Length == 0
            ? zeros(1, defaults.Count, @bool)
            : matcher.Match(Targets(truths, image), ones(1, truths.Count, @bool), defaults.ToTensor(), model.InputSize).Positive;
        var loss = MultiBoxLoss.For(model);
        var hardness = snapshots.Select(s => loss.NoObjectLoss(s.Scores.detach().cpu().unsqueeze(0))).ToList(); // [1, A] each
        var chosen = new HardNegativeMining(Ratios[FirstRatio]!.Value).Select(hardness[0], positive).squeeze(0).data<bool>().ToArray();
        var positives = Enumerable.Range(0, defaults.Count).Zip(positive.squeeze(0).data<bool>().ToArray()).Where(p => p.Second).Select(p => p.First).ToList();
        var drawn = defaults.Where(box => chosen[box.Index]).Select(box => BoxOnImage.Of(box, image)).ToList();

        var explorer = new Explorer("mining", caption, Controls([.. snapshots.Select(s => s.Name)]),
            $"{Count(positives.Count, "positive")}, {Count(drawn.Count, "negative")} of {defaults.Count - positives.Count}.",
            new
            {
                Model = Model(model),
                Colors,
                Truths = Pack(corners),
                Snapshots = hardness.Select(h => new { Hardness = Pack(h) }),
                Positive = positives,
                Ratios,
                MaxSolid,
                image.Width,
                image.Height,
            });
        return explorer.On(new PictureSvg(
            image,
            [
                new PictureLayer(truths.Select(t => new BoxOnImage(t.Box, $"object: {ClassName(model, t.Label)}", -1, BoxStyle.Dashed)).ToList()),
                PictureLayer.Moving([.. drawn.Select(box => box with { Mark = CenterMark.None, Style = drawn.Count > MaxSolid ? BoxStyle.Thin : BoxStyle.Solid })]),
            ],
            caption));
    }

    private static string Controls(IReadOnlyList<string> snapshots) =>
        Control.Slider("ratio", "Negatives for each positive", 0, Ratios.Length - 1, 1, FirstRatio, [.. Ratios.Select(r => r is null ? "all" : Html.Number(r.Value))])
        + (snapshots.Count > 1 ? Control.Slider("snapshot", "Network", 0, snapshots.Count - 1, 1, 0, snapshots) + Control.Play("snapshot") : "");
}
