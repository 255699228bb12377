using SingleShot.Evaluation.Coco;
using SingleShot.Evaluation.Voc;
using SingleShot.Figures.Drawing;
using SingleShot.Images;
using static SingleShot.Figures.Explorers.ExplorerData;

namespace SingleShot.Figures.Explorers.Evaluation;

/// <summary>Average precision of the detections of one class, at any overlap and for any number of them.</summary>
internal static class AveragePrecisionExplorer
{
    private const int RightGroup = 2;
    private const int WrongGroup = 1;

    public static Figure Of(RgbImage image, RankedDetections ranked, string caption)
    {
        var outcomes = ranked.Outcomes(CocoProtocol.OverlapThresholds[0]);
        var points = ranked.Points(outcomes);
        var count = outcomes.Count;
        var explorer = new Explorer("average-precision", caption,
            Control.Slider("overlap", "Overlap asked for", CocoProtocol.OverlapThresholds[0], CocoProtocol.OverlapThresholds[^1], 0.05, CocoProtocol.OverlapThresholds[0])
                + Control.Slider("taken", "Detections taken, by falling score", 1, count, 1, count) + Control.Play("taken"),
            Status(ranked, outcomes, points),
            new
            {
                Colors,
                Boxes = ranked.Detections.Select(d => new[] { d.Box.Left, d.Box.Top, d.Box.Right, d.Box.Bottom }),
                Scores = ranked.Detections.Select(d => d.Score),
                ranked.Overlaps,
                Bests = outcomes.Select(c => c.Best),
                Widths = Enumerable.Range(1, count).Select(i => Svg.TextWidth($"{i}")),
                Objects = ranked.Truths.Count,
                Right = Look(RightGroup),
                Wrong = Look(WrongGroup),
                Plot = PrecisionRecallPlot.Frame,
                PrecisionRecallPlot.Lines,
            })
        {
            Details = Tally(ranked, outcomes, points),
        };
        var objects = ranked.Truths.Select(t => new BoxOnImage(t.Box, "object", -1, BoxStyle.Dashed)).ToList();
        var picture = new PictureSvg(image, [new PictureLayer(objects), PictureLayer.Moving([.. outcomes.Select((outcome, i) => Draw(ranked, outcome, i))])], caption);
        return explorer.On(width => picture.Render(width) + PrecisionRecallPlot.Draw(outcomes, points));
    }

    private static object Look(int group) => new { Group = group, Ink = Palette.Ink(Palette.Box(group)) };

    private static string Status(RankedDetections ranked, IReadOnlyList<DetectionOutcome> outcomes, IReadOnlyList<PrecisionRecallPoint> points)
    {
        var found = outcomes.Count(c => c.Right);
        var coco = ranked.Coco();
        return $"At an overlap of {Fixed(CocoProtocol.OverlapThresholds[0], 2)}, {found} of {Count(outcomes.Count, "detection")} {(found == 1 ? "is" : "are")} right "
            + $"and {found} of {Count(ranked.Truths.Count, "object")} found: precision {Fixed(points[^1].Precision, 3)}, recall {Fixed(points[^1].Recall, 3)}. "
            + $"Average precision: area {Fixed(AveragePrecision.Of(points, VocAveragePrecision.Area), 3)}, eleven recalls {Fixed(AveragePrecision.Of(points, VocAveragePrecision.ElevenPoint), 3)}, "
            + $"COCO's 101 recalls {Fixed(coco.AP50, 3)}. Mean over the ten overlaps 0.50 to 0.95: {Fixed(coco.AP, 3)}.";
    }

    private static BoxOnImage Draw(RankedDetections ranked, DetectionOutcome outcome, int i)
    {
        var (box, score) = (ranked.Detections[i].Box, ranked.Detections[i].Score);
        return new BoxOnImage(
            box,
            $"detection {i + 1}, score {Fixed(score, 3)}\nbest overlap {Fixed(outcome.Best, 3)}\n{outcome.Reason}",
            outcome.Right ? RightGroup : WrongGroup,
            outcome.Right ? BoxStyle.Solid : BoxStyle.Dotted)
        {
            Label = $"{i + 1}",
        };
    }

    private static string Tally(RankedDetections ranked, IReadOnlyList<DetectionOutcome> outcomes, IReadOnlyList<PrecisionRecallPoint> points) => Table.Of(
        ["detection", "score", "best overlap", "verdict", "precision", "recall"],
        outcomes.Select((outcome, i) => new TableRow(
            [i + 1, Fixed(ranked.Detections[i].Score, 3), Fixed(outcome.Best, 3), outcome.Verdict, Fixed(points[i].Precision, 3), Fixed(points[i].Recall, 3)])));
}
