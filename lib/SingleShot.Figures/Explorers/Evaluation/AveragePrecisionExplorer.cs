using SingleShot.Evaluation.Coco;
using SingleShot.Evaluation.Voc;
using SingleShot.Figures.Drawing;
using SingleShot.Images;
using static SingleShot.Figures.Explorers.ExplorerData;

namespace SingleShot.Figures.Explorers.Evaluation;

/// <summary>Average precision of detections of one class, by the overlap asked for and by how many are taken.</summary>
internal static class AveragePrecisionExplorer
{
    private const int RightGroup = 2;
    private const int WrongGroup = 1;

    public static Figure Of(RgbImage image, OneClass scene, string caption)
    {
        var claims = scene.Claims(CocoProtocol.OverlapThresholds[0]);
        var points = scene.Points(claims);
        var count = claims.Count;
        var explorer = new Explorer("average-precision", caption,
            Control.Slider("overlap", "Overlap asked for", CocoProtocol.OverlapThresholds[0], CocoProtocol.OverlapThresholds[^1], 0.05, CocoProtocol.OverlapThresholds[0])
                + Control.Slider("taken", "Detections taken, the surest first", 1, count, 1, count) + Control.Play("taken"),
            Status(scene, claims, points),
            new
            {
                Colors,
                Boxes = scene.Detections.Select(d => new[] { d.Box.Left, d.Box.Top, d.Box.Right, d.Box.Bottom }),
                Scores = scene.Detections.Select(d => d.Score),
                scene.Overlaps,
                Bests = claims.Select(c => c.Best),
                Widths = Enumerable.Range(1, count).Select(i => Svg.TextWidth($"{i}")),
                Objects = scene.Truths.Count,
                Right = Look(RightGroup),
                Wrong = Look(WrongGroup),
                Plot = PrecisionRecallPlot.Frame,
                PrecisionRecallPlot.Lines,
            })
        {
            Details = Tally(scene, claims, points),
        };
        var objects = scene.Truths.Select(t => new BoxOnImage(t.Box, "object", -1, BoxStyle.Dashed)).ToList();
        var picture = new PictureSvg(image, [new PictureLayer(objects), PictureLayer.Moving([.. claims.Select((claim, i) => Draw(scene, claim, i))])], caption);
        return explorer.On(width => picture.Render(width) + PrecisionRecallPlot.Draw(claims, points));
    }

    private static object Look(int group) => new { Group = group, Ink = Palette.Ink(Palette.Box(group)) };

    private static string Status(OneClass scene, IReadOnlyList<Claim> claims, IReadOnlyList<PrecisionRecallPoint> points)
    {
        var found = claims.Count(c => c.Right);
        var coco = scene.Coco();
        return $"At an overlap of {Fixed(CocoProtocol.OverlapThresholds[0], 2)}, {found} of {Count(claims.Count, "detection")} {(found == 1 ? "is" : "are")} right "
            + $"and {found} of {Count(scene.Truths.Count, "object")} found: precision {Fixed(points[^1].Precision, 3)}, recall {Fixed(points[^1].Recall, 3)}. "
            + $"Average precision: area {Fixed(AveragePrecision.Of(points, VocAveragePrecision.Area), 3)}, eleven recalls {Fixed(AveragePrecision.Of(points, VocAveragePrecision.ElevenPoint), 3)}, "
            + $"COCO's 101 recalls {Fixed(coco.AP50, 3)}. Mean over the ten overlaps 0.50 to 0.95: {Fixed(coco.AP, 3)}.";
    }

    private static BoxOnImage Draw(OneClass scene, Claim claim, int i)
    {
        var (box, score) = (scene.Detections[i].Box, scene.Detections[i].Score);
        return new BoxOnImage(
            box,
            $"detection {i + 1}, score {Fixed(score, 3)}\nbest overlap {Fixed(claim.Best, 3)}\n{claim.Reason}",
            claim.Right ? RightGroup : WrongGroup,
            claim.Right ? BoxStyle.Solid : BoxStyle.Dotted)
        {
            Label = $"{i + 1}",
        };
    }

    private static string Tally(OneClass scene, IReadOnlyList<Claim> claims, IReadOnlyList<PrecisionRecallPoint> points) => Table.Of(
        ["detection", "score", "best overlap", "verdict", "precision", "recall"],
        claims.Select((claim, i) => new TableRow(
            [i + 1, Fixed(scene.Detections[i].Score, 3), Fixed(claim.Best, 3), claim.Verdict, Fixed(points[i].Precision, 3), Fixed(points[i].Recall, 3)])));
}
