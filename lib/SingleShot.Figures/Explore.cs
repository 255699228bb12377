using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Explorers;
using SingleShot.Figures.Explorers.Architecture;
using SingleShot.Figures.Explorers.Evaluation;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Networks;
using static System.FormattableString;
using static TorchSharp.torch;

namespace SingleShot.Figures;

/// <summary>Pictures to play with: sliders and lists beside an image change what is drawn on it.</summary>
/// <remarks>
/// The page does it alone, with the library's own arithmetic, so a saved page still plays, with no kernel and no network. Where no
/// script runs, the first picture stands, as the library drew it.
/// </remarks>
public static class Explore
{
    private const string FoundAndFalse = "White dashes: objects. Solid, in the color of their class: detections that find one. Dotted: false alarms.";

    /// <summary>The default boxes of a model on a picture: choose map, cell and shape, by sliders or by a click, and see the box, its neighbors and those that leave the image.</summary>
    /// <param name="image">The picture that they lie on.</param>
    /// <param name="model">The model.</param>
    /// <param name="caption">A line below; what to do if null.</param>
    public static Figure DefaultBoxes(RgbImage image, SsdSpecification model, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(model);
        return DefaultBoxExplorer.Of(image, model, caption ?? $"The {model.BoxCount} default boxes of {model.Name}. Click on the picture to choose a cell; dots are the cells' centers, dotted boxes reach beyond the image.");
    }

    /// <summary>Which default boxes are matched to which objects; the matches follow as a reader changes the threshold and the strategy, and moves and resizes the objects.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="truths">Its objects.</param>
    /// <param name="model">The model whose default boxes are matched.</param>
    /// <param name="threshold">Jaccard overlap that the slider begins with, 0.05 to 0.95.</param>
    /// <param name="manyToMany">Whether to begin with every pair above the threshold, in place of best overlaps and forced matches.</param>
    /// <param name="caption">A line below; what the lines mean if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is outside the slider.</exception>
    public static Figure Matching(
        RgbImage image, IReadOnlyList<GroundTruth> truths, SsdSpecification model, double threshold = 0.5, bool manyToMany = false, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(model);
        CheckSlider(threshold, MatchingExplorer.MinThreshold, MatchingExplorer.MaxThreshold, nameof(threshold));
        return MatchingExplorer.Of(image, truths, model, threshold, manyToMany, caption
            ?? "Thick: objects. Dashed, in the color of their object: default boxes matched to it. Dotted, with a diamond: forced matches.");
    }

    /// <summary>Which default boxes hard negative mining chooses, with 1, 3 or 10 negatives for each positive, or with all; before, during and after training.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="truths">Its objects.</param>
    /// <param name="model">The model, whose usual loss says what is hard and what is matched.</param>
    /// <param name="snapshots">At least one state of a network: what to call it, and its scores [A, K] for the picture.</param>
    /// <param name="caption">A line below; what the lines mean if null.</param>
    /// <exception cref="ArgumentException">There is no snapshot, or scores that are not of this model.</exception>
    public static Figure Mining(
        RgbImage image, IReadOnlyList<GroundTruth> truths, SsdSpecification model, IReadOnlyList<(string Name, Tensor Scores)> snapshots, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(snapshots);
        if (snapshots.Count == 0)
        {
            throw new ArgumentException("At least one snapshot is needed.", nameof(snapshots));
        }

        foreach (var (_, scores) in snapshots)
        {
            CheckShape(scores, model.BoxCount, model.ScoreCount, nameof(snapshots));
        }

        return MiningExplorer.Of(image, truths, model, snapshots, caption ?? "White dashes: objects. In the color of their map: the negatives that were mined.");
    }

    /// <summary>What is detected at any score threshold and any overlap of suppression.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="model">The model that predicted.</param>
    /// <param name="offsets">Its offsets [A, 4] for the picture.</param>
    /// <param name="scores">Its scores [A, K].</param>
    /// <param name="truths">What is there, to count what was found; not drawn if null.</param>
    /// <param name="scoreThreshold">Score that the slider begins with, 0.01 to 0.99; scores of 0.01 or less are never shown.</param>
    /// <param name="overlap">Jaccard overlap that the slider begins with, 0 to 1.</param>
    /// <param name="caption">A line below; what the lines mean if null.</param>
    /// <exception cref="ArgumentException">Predictions that are not of this model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is out of its range.</exception>
    public static Figure Detection(
        RgbImage image, SsdSpecification model, Tensor offsets, Tensor scores, IReadOnlyList<GroundTruth>? truths = null,
        double scoreThreshold = 0.4, double overlap = 0.45, string? caption = null)
    {
        CheckPredictions(image, model, offsets, scores);
        CheckSlider(scoreThreshold, DetectionExplorer.MinScore, 0.99, nameof(scoreThreshold));
        return DetectionExplorer.Of(model, [new PredictedPicture(image, offsets, scores, truths ?? [])], new DetectionSettings(scoreThreshold, Overlap: overlap), caption
            ?? (truths is null ? "Detections, in the color of their class." : FoundAndFalse));
    }

    /// <summary>What a network detects on pictures that a reader goes through, at any score threshold and any overlap of suppression.</summary>
    /// <param name="network">The network; it is run here, on its own device.</param>
    /// <param name="examples">At least one picture, and its objects; all pictures of one size.</param>
    /// <param name="scoreThreshold">Score that the slider begins with, 0.01 to 0.99; scores of 0.01 or less are never shown.</param>
    /// <param name="overlap">Jaccard overlap that the slider begins with, 0 to 1.</param>
    /// <param name="caption">A line below; what the lines mean if null.</param>
    /// <exception cref="ArgumentException">There is no picture, or one of another size than the first.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is out of its range.</exception>
    public static Figure Detections(
        SsdNetwork network, IReadOnlyList<Example> examples, double scoreThreshold = 0.4, double overlap = 0.45, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        CheckSlider(scoreThreshold, DetectionExplorer.MinScore, 0.99, nameof(scoreThreshold));
        using var scope = NewDisposeScope();
        return DetectionExplorer.Of(network.Specification, PredictedPicture.Of(network, examples), new DetectionSettings(scoreThreshold, Overlap: overlap), caption
            ?? (examples.All(e => e.Truths.Count == 0) ? "Detections, in the color of their class." : FoundAndFalse));
    }

    /// <summary>Non-maximum suppression box by box: which is kept, which is dropped, and by whom.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="model">The model that predicted.</param>
    /// <param name="offsets">Its offsets [A, 4] for the picture.</param>
    /// <param name="scores">Its scores [A, K].</param>
    /// <param name="scoreThreshold">Scores at or below this take no part, 0 to 1.</param>
    /// <param name="overlap">Jaccard overlap that the slider begins with, 0 to 1.</param>
    /// <param name="caption">A line below; what the lines mean if null.</param>
    /// <exception cref="ArgumentException">Predictions that are not of this model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is out of its range.</exception>
    public static Figure Suppression(
        RgbImage image, SsdSpecification model, Tensor offsets, Tensor scores, double scoreThreshold = 0.1, double overlap = 0.45, string? caption = null)
    {
        CheckPredictions(image, model, offsets, scores);
        return SuppressionPlayer.Of(image, model, offsets, scores, new DetectionSettings(scoreThreshold, Overlap: overlap), caption
            ?? "Boxes of one class, by falling score. Solid orange: kept. Dotted blue: dropped. Thin white: not judged yet. Thick, while boxes are left: the box of this step, and the one that drops it.");
    }

    /// <summary>How average precision is made of single detections: which of them are right at a given overlap, and what precision and recall they give, from the surest on.</summary>
    /// <remarks>
    /// The detections are matched as <see cref="Evaluation.Coco.CocoEvaluation"/> does: by falling score, each detection takes the object that it overlaps best of those
    /// still free, and is right where it overlaps one by as much as is asked for. <see cref="Evaluation.Voc.VocEvaluation"/> has it take the best of all,
    /// free or not; the two differ only where one detection overlaps several objects by as much. An object's mark of being difficult means nothing here.
    /// </remarks>
    /// <param name="image">The picture.</param>
    /// <param name="truths">Its objects of one class, at least one.</param>
    /// <param name="detections">What was found of that class, in any order: 1 to 100, as COCO counts no more of an image.</param>
    /// <param name="caption">A line below; what the lines mean if null.</param>
    /// <exception cref="ArgumentException">
    /// There is no object or no detection, there are more than 100, or those of more than one class; an object is a crowd; a score or a box is not of finite numbers.
    /// </exception>
    public static Figure AveragePrecision(RgbImage image, IReadOnlyList<GroundTruth> truths, IReadOnlyList<DetectedObject> detections, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        return AveragePrecisionExplorer.Of(image, RankedDetections.Of(truths, detections), caption
            ?? "White dashes: objects. Numbered by falling score, the detections taken: solid where right, dotted where wrong. Thin white: not taken yet.");
    }

    /// <summary>The sizes of a data set's objects over the scales of the maps; change a scale and see which objects no default box overlaps by half any more.</summary>
    /// <param name="samples">Images with their objects. Of more than 1000 objects, 1000 evenly taken are shown.</param>
    /// <param name="model">The model whose default boxes are to cover them.</param>
    /// <param name="caption">A line below; what is shown if null.</param>
    public static Figure Coverage(IReadOnlyList<Sample> samples, SsdSpecification model, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(model);
        var objects = samples.SelectMany(s => s.Truths.Select(t => t.Box.Scale(1.0 / s.Width, 1.0 / s.Height))).ToList();
        var shown = Math.Min(objects.Count, CoverageExplorer.MaxObjects);
        var corners = Enumerable.Range(0, shown).Select(i => objects[(int)((long)i * objects.Count / shown)])
            .SelectMany(b => new[] { (float)b.Left, (float)b.Top, (float)b.Right, (float)b.Bottom }).ToArray();
        return CoverageExplorer.Of(corners, model, caption ?? $"Sizes of {(shown < objects.Count ? $"{shown} of the {objects.Count}" : $"the {shown}")} objects, and the scales of {model.Name}.");
    }

    /// <summary>The layers of a model, drawn from its specification: from the picture map by map to the list of predictions.</summary>
    /// <param name="model">The model, on any base network.</param>
    /// <param name="caption">A line below; what to do if null.</param>
    public static Figure Network(SsdSpecification model, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return NetworkExplorer.Of(model, caption ?? $"{model.Name}, from the picture to {model.BoxCount} predictions. Wide: many cells. Thick: many channels. Colored: the maps that predict. Move the slider, press Play, or click on a part.");
    }

    /// <summary>One picture at several moments, such as what a network detects on it as it learns: a slider goes through them.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="snapshots">At least one moment: what to call it, and the boxes then.</param>
    /// <param name="caption">A line below; what to do if null.</param>
    /// <exception cref="ArgumentException">There is no snapshot.</exception>
    public static Figure Snapshots(RgbImage image, IReadOnlyList<(string Name, IReadOnlyList<BoxOnImage> Boxes)> snapshots, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(snapshots);
        return snapshots.Count > 0
            ? SnapshotExplorer.Of(image, snapshots, caption ?? "Move the slider to go through the moments, or play them.")
            : throw new ArgumentException("At least one snapshot is needed.", nameof(snapshots));
    }

    /// <summary>The frames of a film with what was detected in each: a slider goes through them, and a button plays them.</summary>
    /// <param name="frames">At least one frame, and its detections; all frames of one size.</param>
    /// <param name="framesPerSecond">How fast they are played, 1 to 30.</param>
    /// <param name="caption">A line below; what to do if null.</param>
    /// <exception cref="ArgumentException">There is no frame, or one of another size than the first.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The speed is outside its range.</exception>
    public static Figure Film(IReadOnlyList<(RgbImage Image, IReadOnlyList<DetectedObject> Detections)> frames, double framesPerSecond = 10, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(frames);
        OneSize.Require([.. frames.Select(frame => frame.Image)], nameof(frames));
        if (!(framesPerSecond is >= 1 and <= 30))
        {
            throw new ArgumentOutOfRangeException(nameof(framesPerSecond), Invariant($"A film is played at 1 to 30 frames a second, not at {framesPerSecond}."));
        }
        return SnapshotExplorer.Film(frames, framesPerSecond, caption ?? "Play the film, or move the slider to go through its frames.");
    }

    private static void CheckSlider(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, Invariant($"{name} is {value}; the slider goes from {least} to {most}."));
        }
    }

    private static void CheckPredictions(RgbImage image, SsdSpecification model, Tensor offsets, Tensor scores)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(model);
        CheckShape(offsets, model.BoxCount, 4, nameof(offsets));
        CheckShape(scores, model.BoxCount, model.ScoreCount, nameof(scores));
    }

    private static void CheckShape(Tensor values, long rows, long columns, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (!values.shape.SequenceEqual([rows, columns]))
        {
            throw new ArgumentException($"The model gives [{rows}, {columns}] for one image; these are [{string.Join(", ", values.shape)}]. Of a batch, take one image: tensor[0].", name);
        }
    }
}
