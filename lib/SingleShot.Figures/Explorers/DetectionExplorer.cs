using SingleShot.Data;
using SingleShot.Evaluation;
using SingleShot.Figures.Drawing;
using SingleShot.Images;
using SingleShot.Models;
using static SingleShot.Figures.Explorers.ExplorerData;

namespace SingleShot.Figures.Explorers;

/// <summary>What is detected on pictures at any score threshold and any overlap of suppression.</summary>
internal static class DetectionExplorer
{
    public const double MinScore = 0.01;

    /// <summary>More labels would hide the picture.</summary>
    public const int MaxLabels = 12;

    /// <summary>The explorer of one or more pictures of one size; the first is shown at first.</summary>
    public static Figure Of(SsdSpecification model, IReadOnlyList<PredictedPicture> pictures, DetectionSettings settings, string caption)
    {
        var (image, offsets, scores, truths) = pictures[0];
        var candidates = pictures.Select(p => Candidates.Of(model, p.Offsets, p.Scores, MinScore)).ToList();
        var shown = Candidates.Decode(model, offsets, scores, settings);
        var matched = MatchToObjects(shown, truths, image);
        var found = matched.Count(v => v.Right);
        var explorer = new Explorer("detection", caption,
            (pictures.Count > 1 ? Control.Slider("picture", "Picture", 1, pictures.Count, 1, 1) + Control.Play("picture") : "")
                + Control.Slider("score", "Score threshold", MinScore, 0.99, 0.01, settings.ScoreThreshold)
                + Control.Slider("overlap", "Overlap that suppresses", 0, 1, 0.01, settings.Overlap),
            $"{Count(candidates[0].Scores.Count(s => s > (float)settings.ScoreThreshold), "box")} above the score, {Count(shown.Count, "detection")} left by suppression. "
                + (truths.Count > 0 ? $"{found} of {Count(truths.Count, "object")} found, {Count(shown.Count - found, "false alarm")}." : ""),
            Candidates.Data(model, image, [.. pictures.Select((p, i) => candidates[i].Data(p.Image, p.Truths, i > 0 ? PictureSvg.Source(p.Image) : null))]));
        var drawn = Enumerable.Range(0, shown.Count).Select(i => new BoxOnImage(
            shown.On(image, i),
            $"{ClassName(model, shown.Labels[i])}, score {Fixed(shown.Scores[i], 3)}\ndefault box {shown.Defaults[i]}"
                + (truths.Count > 0 ? $"\noverlap with an object of its class {Fixed(matched[i].Overlap, 3)}" : ""),
            shown.Labels[i],
            matched[i].Right || truths.Count == 0 ? BoxStyle.Solid : BoxStyle.Dotted)
        {
            Label = i < MaxLabels ? $"{ClassName(model, shown.Labels[i])} {Fixed(shown.Scores[i], 2)}" : null,
        }).ToList();
        var objects = truths.Select(t => new BoxOnImage(t.Box, $"ground truth: {ClassName(model, t.Label)}", -1, BoxStyle.Dashed)).ToList();
        return explorer.On(new PictureSvg(image, [new PictureLayer(objects, ("data-layer", "truths")), PictureLayer.Moving(drawn)], caption));
    }

    /// <summary>Which detections, best first, find an object of their class, by an overlap of half or more.</summary>
    private static List<(bool Right, double Overlap)> MatchToObjects(Candidates shown, IReadOnlyList<GroundTruth> truths, RgbImage image)
    {
        var objects = new TruthState[truths.Count]; // all free
        return [.. Enumerable.Range(0, shown.Count).Select(i =>
        {
            double[] overlaps = [.. truths.Select(t => t.Label == shown.Labels[i] ? t.Box.Overlap(shown.On(image, i)) : 0)];
            var taken = GreedyMatching.TakeBestFree(overlaps, 0.5, objects).Truth;
            return taken >= 0 ? (true, overlaps[taken]) : (false, overlaps.Append(0).Max());
        })];
    }
}
