using SingleShot.Figures.Drawing;
using SingleShot.Images;
using SingleShot.Models;
using static SingleShot.Figures.Explorers.ExplorerData;
using static TorchSharp.torch;

namespace SingleShot.Figures.Explorers;

/// <summary>Non-maximum suppression of one class, step by step.</summary>
internal static class SuppressionPlayer
{
    public static Figure Of(RgbImage image, SsdSpecification model, Tensor offsets, Tensor scores, DetectionSettings settings, string caption)
    {
        var candidates = Candidates.Of(model, offsets, scores, settings.ScoreThreshold);
        var kept = Candidates.Decode(model, offsets, scores, settings with { DetectionsPerImage = int.MaxValue });
        // The class with the most boxes has the most to show; where there are none at all, the first.
        var label = candidates.Labels.CountBy(l => l).OrderByDescending(c => c.Value).ThenBy(c => c.Key).Select(c => c.Key).FirstOrDefault();
        var boxes = Enumerable.Range(0, candidates.Count).Where(i => candidates.Labels[i] == label).ToList();
        var keptDefaults = Enumerable.Range(0, kept.Count).Where(i => kept.Labels[i] == label).Select(i => kept.Defaults[i]).ToHashSet();
        var counts = model.ClassNames.Select((_, l) => candidates.Labels.Count(c => c == l)).ToList();
        var explorer = new Explorer("suppression", caption,
            Control.Choice("class", "Class", $"{label}", model.ClassNames.Select((name, l) => ($"{l}", $"{name}: {Count(counts[l], "box")}")))
                + Control.Slider("overlap", "Overlap that suppresses", 0, 1, 0.01, settings.Overlap)
                + Control.Slider("step", "Boxes judged", 0, boxes.Count, 1, boxes.Count) + Control.Play("step"),
            $"{boxes.Count} of {Count(boxes.Count, "box")} judged, {keptDefaults.Count} kept.",
            Candidates.Data(model, image, candidates.Data(image, [])))
        {
            Details = "<ol tabindex=\"0\" aria-label=\"Boxes judged so far\"></ol>",
        };
        var drawn = boxes.Select((box, i) =>
        {
            var stays = keptDefaults.Contains(candidates.Defaults[box]);
            return new BoxOnImage(
                candidates.On(image, box),
                $"default box {candidates.Defaults[box]} ({Fixed(candidates.Scores[box], 2)})\n{(stays ? "kept" : "dropped")}",
                stays ? 0 : 1,
                stays ? BoxStyle.Solid : BoxStyle.Dotted)
            {
                Label = stays ? $"{ClassName(model, label)} {Fixed(candidates.Scores[box], 2)}" : null,
            };
        }).ToList();
        return explorer.On(new PictureSvg(image, [PictureLayer.Moving(drawn)], caption));
    }
}
