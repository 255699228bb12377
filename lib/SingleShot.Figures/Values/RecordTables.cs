using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Figures.Drawing;
using SingleShot.Training;
using static SingleShot.Figures.Drawing.Html;

namespace SingleShot.Figures.Values;

/// <summary>Lists of the library's records, a line for each.</summary>
internal static class RecordTables
{
    // More lines than anybody reads, and a model has thousands of boxes.
    private const int MaxRows = 200;

    private static readonly string[] Corners = ["left", "top", "right", "bottom"];

    public static Figure Draw(IReadOnlyList<BoundingBox> boxes) => Of(boxes, Annotated.Count(boxes.Count, "box", "boxes"), Corners, CornersOf);

    public static Figure Draw(IReadOnlyList<GroundTruth> truths) =>
        Of(truths, Annotated.Count(truths.Count, "object"), ["label", .. Corners, "marked"], truth => [truth.Label, .. CornersOf(truth.Box), Marks(truth)]);

    public static Figure Draw(IReadOnlyList<TrainingStep> steps) => Of(
        steps, Annotated.Count(steps.Count, "step"), ["step", "epoch", "learning rate", "loss", "localization", "confidence", "no match", "seconds"],
        step =>
        [
            step.Step, step.Epoch, Number(step.LearningRate, 5), Number(step.Total, 3), Number(step.Localization, 3), Number(step.Confidence, 3), Number(step.NoMatch, 3), Number(step.Seconds, 3),
        ]);

    private static Figure Of<T>(IReadOnlyList<T> records, string summary, IEnumerable<string> heads, Func<T, object[]> cells)
    {
        var caption = records.Count > MaxRows ? $"{summary}, the first {MaxRows} of them" : summary;
        return new Figure(summary, width => CaptionedTable.Of(caption, width, heads, records.Take(MaxRows).Select(record => new TableRow(cells(record)))));
    }

    private static object[] CornersOf(BoundingBox box) => [Number(box.Left), Number(box.Top), Number(box.Right), Number(box.Bottom)];

    private static string Marks(GroundTruth truth) => string.Join(", ", new[] { truth.Difficult ? "difficult" : "", truth.Crowd ? "crowd" : "" }.Where(mark => mark.Length > 0));
}
