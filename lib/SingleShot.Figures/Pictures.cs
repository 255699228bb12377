using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Figures.Drawing;
using SingleShot.Images;
using SingleShot.Losses;
using static System.FormattableString;
using static TorchSharp.torch;

namespace SingleShot.Figures;

/// <summary>Pictures with boxes on them. Small pictures are shown enlarged; text and lines keep their size.</summary>
public static class Pictures
{
    /// <summary>Where the values of a map differ by less than this fraction of the largest, they differ by rounding alone.</summary>
    private const double FlatRange = 1e-4;

    /// <summary>A picture alone.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="caption">A line below it; none if null.</param>
    public static Figure Image(RgbImage image, string? caption = null) => Boxes(image, [], caption);

    /// <summary>A picture with boxes on it; it gets a margin where they reach beyond its edge.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="boxes">Any number of boxes. Above 1000 they have neither hover text nor center marks, to stay quick and small.</param>
    /// <param name="caption">A line below it; none if null.</param>
    public static Figure Boxes(RgbImage image, IReadOnlyList<BoxOnImage> boxes, string? caption = null) => Boxes(image, boxes, caption, legend: "");

    private static Figure Boxes(RgbImage image, IReadOnlyList<BoxOnImage> boxes, string? caption, string legend)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(boxes);
        var summary = caption ?? $"A picture of {image.Width} x {image.Height} with {boxes.Count} boxes";
        var svg = new PictureSvg(image, [new PictureLayer(boxes)], summary);
        return new Figure(summary, width => $"<figure style=\"margin:8px 0\">{svg.Render(width)}{legend}{Html.Caption(caption, width)}</figure>");
    }

    /// <summary>Default boxes, each with a dot at its center; thin lines where there are more than 100.</summary>
    /// <remarks>They are colored by map; where all are of one map, by aspect ratio. A line below tells which color is which.</remarks>
    /// <param name="image">The picture that they lie on.</param>
    /// <param name="boxes">The boxes.</param>
    /// <param name="caption">A line below it; how many boxes if null.</param>
    public static Figure DefaultBoxes(RgbImage image, IReadOnlyList<DefaultBox> boxes, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        var style = boxes.Count > 100 ? BoxStyle.Thin : BoxStyle.Solid;
        List<int> ratios = boxes.Select(box => box.Map).Distinct().Count() == 1 ? [.. boxes.Select(Ratio).Distinct()] : [];
        int Group(DefaultBox box) => ratios.Count > 0 ? ratios.IndexOf(Ratio(box)) : box.Map;
        var legend = BoxLegend.Of(boxes.DistinctBy(Group).Select(box => (Group(box), ratios.Count > 0 ? RatioName(box.AspectRatio) : $"map {box.Map}")));
        return Boxes(
            image,
            [.. boxes.Select(box => BoxOnImage.Of(box, image) with { Style = style, Group = Group(box) })],
            caption ?? (boxes.Count == 1 ? "1 default box." : $"{boxes.Count} default boxes."),
            legend);
    }

    /// <summary>Objects, and the default boxes that are matched to them, in the color of their object.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="truths">Its objects: thick lines.</param>
    /// <param name="matches">The matches: dashes; dots and a diamond where the overlap is below the threshold, so that the match was forced.</param>
    /// <param name="defaults">The default boxes that the matches name.</param>
    /// <param name="classNames">Names by label, to write on the objects; their index alone if null.</param>
    /// <param name="caption">A line below it; what the lines mean if null.</param>
    /// <param name="threshold">Jaccard overlap from which a match is no forced one, 0 to 1.</param>
    public static Figure Matches(
        RgbImage image, IReadOnlyList<GroundTruth> truths, IReadOnlyList<Match> matches, DefaultBoxes defaults,
        IReadOnlyList<string>? classNames = null, string? caption = null, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentNullException.ThrowIfNull(defaults);
        List<BoxOnImage> matched = [.. matches.Select(match => MatchedBox(match, defaults[match.DefaultBox].On(image.Width, image.Height), truths[match.Truth], threshold))];
        var objects = truths.Select((t, i) => new BoxOnImage(t.Box, $"object {i}: {ClassName(classNames, t.Label)}", i, BoxStyle.Thick)
        {
            Label = classNames is null ? $"object {i}" : $"{i}: {ClassName(classNames, t.Label)}",
        });
        var forced = matched.Count(box => box.Style == BoxStyle.Dotted);
        return Boxes(image, [.. objects, .. matched], caption
            ?? $"Thick: {truths.Count} objects. Dashed: {matches.Count - forced} default boxes matched to them. Dotted, with a diamond: {forced} forced matches.");
    }

    /// <summary>What a detector found, with class names and scores, and the ground truth beside it.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="detections">What was found: lines in the color of the class.</param>
    /// <param name="truths">What is there: white dashes; not drawn if null.</param>
    /// <param name="classNames">Names by label, for the hover text of the ground truth.</param>
    /// <param name="caption">A line below it; what the lines mean if null.</param>
    public static Figure Detections(
        RgbImage image, IReadOnlyList<DetectedObject> detections, IReadOnlyList<GroundTruth>? truths = null, IReadOnlyList<string>? classNames = null, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(detections);
        var objects = (truths ?? []).Select(t => new BoxOnImage(t.Box, $"ground truth: {ClassName(classNames, t.Label)}", -1, BoxStyle.Dashed));
        var found = detections.OrderByDescending(d => d.Score).Select(BoxOnImage.Of);
        return Boxes(image, [.. objects, .. found], caption
            ?? Count(detections.Count, "detection") + (truths is null ? "." : $"; white dashes: {Count(truths.Count, "ground truth")}."));
    }

    /// <summary>The four offsets of an object for a default box: the shift of the center in widths and heights of the default box, and the ratios of the sizes.</summary>
    /// <param name="defaultBox">The default box, in any unit: dashes.</param>
    /// <param name="truth">The object, in the same unit: a thick line.</param>
    /// <param name="caption">A line below it; what is drawn if null.</param>
    /// <exception cref="ArgumentException">A box without width or height.</exception>
    public static Figure Offsets(BoundingBox defaultBox, BoundingBox truth, string? caption = null)
    {
        if (defaultBox.IsDegenerate || truth.IsDegenerate)
        {
            throw new ArgumentException("Both boxes need a width and a height above 0: offsets divide by them.", defaultBox.IsDegenerate ? nameof(defaultBox) : nameof(truth));
        }

        return Drawn(new OffsetDrawing(defaultBox, truth).Draw, caption ?? "A default box, dashed, and an object, and the offsets between them.");
    }

    /// <summary>Numbers or words in rows, some of them on a color: which entries of a table belong together, or where the numbers of a tensor go.</summary>
    /// <param name="rows">The rows, at least one with a cell. An uncolored cell may be the head of its row or column, and a row without cells is a gap.</param>
    /// <param name="caption">A line below it.</param>
    /// <exception cref="ArgumentException">No cell at all.</exception>
    public static Figure Cells(IReadOnlyList<IReadOnlyList<GridCell>> rows, string caption)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(caption);
        return rows.Any(row => row.Count > 0) ? Drawn(summary => CellGrid.Draw(rows, summary), caption) : throw new ArgumentException("There is no cell to draw.", nameof(rows));
    }

    /// <summary>A map of a network, one channel of its features or their norms, a pixel a cell: black at the lowest value, white at the highest.</summary>
    /// <param name="map">[H, W], of any number type and on any device; gray all over where all its values are one.</param>
    /// <param name="caption">A line below it; none if null.</param>
    /// <exception cref="ArgumentException">Not two dimensions, or a value that is not a finite number.</exception>
    public static Figure FeatureMap(Tensor map, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.shape is not [var height and > 0, var width and > 0])
        {
            throw new ArgumentException($"A map has rows and columns, [H, W]; this is [{string.Join(", ", map.shape)}]. Of an image's features [C, H, W] take one channel: features[c].", nameof(map));
        }

        using var scope = NewDisposeScope();
        var values = map.detach().to(float64).cpu().contiguous().data<double>().ToArray();
        if (!values.All(double.IsFinite))
        {
            throw new ArgumentException("The map has values that are not finite numbers.", nameof(map));
        }

        double low = values.Min(), range = values.Max() - low;
        var flat = range <= FlatRange * Math.Max(Math.Abs(low), Math.Abs(low + range));
        return Image(RgbImage.Create((int)width, (int)height, pixels =>
        {
            for (var i = 0; i < pixels.Length; i++)
            {
                pixels[i] = flat ? (byte)128 : (byte)((values[i / 3] - low) / range * 255);
            }
        }), caption);
    }

    /// <summary>Figures side by side, row by row, each with its caption.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="columns">Figures in a row, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one column.</exception>
    public static Figure Gallery(IReadOnlyList<Figure> figures, int columns = 3)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        return new Gallery(figures, columns);
    }

    private static Figure Drawn(Func<string, string> draw, string caption) =>
        new(caption, width => $"<figure style=\"margin:8px 0\">{draw(caption)}{Html.Caption(caption, width)}</figure>");

    private static string RatioName(double ratio) => ratio >= 1 ? Invariant($"{ratio:0.##} : 1") : Invariant($"1 : {1 / ratio:0.##}");

    private static int Ratio(DefaultBox box) => (int)Math.Round(1000 * box.AspectRatio); // in thousandths, so that equal ones are equal

    private static BoxOnImage MatchedBox(Match match, BoundingBox box, GroundTruth truth, double threshold)
    {
        var overlap = box.Overlap(truth.Box);
        var forced = overlap < threshold;
        return new BoxOnImage(
            box,
            Invariant($"default box {match.DefaultBox}, {(forced ? "forced to" : "matched to")} object {match.Truth}\noverlap {overlap:0.000}"),
            match.Truth,
            forced ? BoxStyle.Dotted : BoxStyle.Dashed)
        {
            Mark = forced ? CenterMark.Diamond : CenterMark.None,
        };
    }

    private static string ClassName(IReadOnlyList<string>? names, int label) =>
        names is not null && label >= 0 && label < names.Count ? names[label] : $"class {label}";

    private static string Count(int count, string noun, string plural = "s") => count == 1 ? $"1 {noun}" : $"{count} {noun}{plural}";
}
