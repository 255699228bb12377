using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Figures.Drawing;
using SingleShot.Images;
using SingleShot.Models;
using static TorchSharp.torch;

namespace SingleShot.Figures.Explorers;

/// <summary>What goes into suppression: decoded boxes with class and score, best first, as the library's decoder leaves them.</summary>
/// <param name="Corners">Four numbers a box, as fractions of the picture's sides.</param>
/// <param name="Scores">Falling; of equal ones the lower class, then the lower default box, is first.</param>
/// <param name="Labels">Class of each.</param>
/// <param name="Defaults">Default box of each.</param>
internal sealed record Candidates(float[] Corners, float[] Scores, int[] Labels, int[] Defaults)
{
    public int Count => Scores.Length;

    /// <summary>The boxes of each class with scores above the threshold, as many as the decoder takes into suppression.</summary>
    public static Candidates Of(SsdSpecification model, Tensor offsets, Tensor scores, double scoreThreshold) =>
        Decode(model, offsets, scores, new DetectionSettings(scoreThreshold, Overlap: 1, DetectionsPerImage: int.MaxValue));

    /// <summary>The detections that the library's decoder finds.</summary>
    public static Candidates Decode(SsdSpecification model, Tensor offsets, Tensor scores, DetectionSettings settings)
    {
        using var scope = NewDisposeScope();
        var found = new PredictionDecoder(model, settings).Decode(offsets.detach().cpu(), scores.detach().cpu());
        if (found.Labels.shape[0] == 0)
        {
            return new Candidates([], [], [], []);
        }

        static int[] Numbers(Tensor values) => [.. values.contiguous().data<long>().Select(v => (int)v)];
        return new Candidates(ExplorerData.Floats(found.Boxes), ExplorerData.Floats(found.Scores), Numbers(found.Labels), Numbers(found.DefaultBoxes));
    }

    /// <summary>A box in pixels of the picture.</summary>
    public BoundingBox On(RgbImage image, int index) =>
        new BoundingBox(Corners[4 * index], Corners[4 * index + 1], Corners[4 * index + 2], Corners[4 * index + 3]).Scale(image.Width, image.Height);

    /// <summary>These of one picture as the script reads them.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="truths">What is there.</param>
    /// <param name="source">The picture itself as a link, for the script to show; null for the one that stands there at first.</param>
    public object Data(RgbImage image, IReadOnlyList<GroundTruth> truths, string? source = null) => new
    {
        Source = source,
        Corners = ExplorerData.Pack(Corners),
        Scores = ExplorerData.Pack(Scores),
        Labels,
        Defaults,
        Truths = ExplorerData.Pack(ExplorerData.Corners(truths, image)),
        TruthLabels = truths.Select(t => t.Label),
    };

    /// <summary>Pictures of one size, and the model's classes, as the script reads them.</summary>
    public static object Data(SsdSpecification model, RgbImage first, params IReadOnlyList<object> pictures) => new
    {
        ExplorerData.Colors,
        first.Width,
        first.Height,
        MaxLabels = DetectionExplorer.MaxLabels,
        Classes = model.ClassNames.Select((name, label) => new { Name = name, Width = Svg.TextWidth($"{name} 0.00"), Ink = Palette.Ink(Palette.Box(label)) }),
        MaxDetections = new DetectionSettings().DetectionsPerImage,
        Pictures = pictures,
    };
}
