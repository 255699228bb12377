using SingleShot.Detection;
using SingleShot.Figures.Drawing;
using SingleShot.Images;
using static SingleShot.Figures.Explorers.ExplorerData;

namespace SingleShot.Figures.Explorers;

/// <summary>One picture at several moments, or the frames of a film.</summary>
internal static class SnapshotExplorer
{
    public static Figure Of(RgbImage image, IReadOnlyList<(string Name, IReadOnlyList<BoxOnImage> Boxes)> snapshots, string caption, IReadOnlyList<string>? words = null)
    {
        var last = snapshots.Count - 1; // it stands where no script runs: it is what the others led to
        var notes = words ?? [.. snapshots.Select(s => $"{s.Name}: {Count(s.Boxes.Count, "box")}.")];
        var controls = Control.Slider("snapshot", "Moment", 0, last, 1, last, [.. snapshots.Select(s => s.Name)]) + Control.Play("snapshot");
        return Of(image, [.. snapshots.Select(s => s.Boxes)], last, new Explorer("snapshots", caption, controls, notes[last], new { Notes = notes }));
    }

    public static Figure Film(IReadOnlyList<(RgbImage Image, IReadOnlyList<DetectedObject> Detections)> frames, double framesPerSecond, string caption)
    {
        string[] notes = [.. frames.Select((f, i) => $"Frame {i + 1}: {Count(f.Detections.Count, "detection")}.")];
        string?[] sources = [null, .. frames.Skip(1).Select(f => PictureSvg.Source(f.Image))]; // the first stands in the picture itself
        var controls = Control.Slider("snapshot", "Frame", 0, frames.Count - 1, 1, 0, [.. frames.Select((_, i) => $"{i + 1}")])
            + Control.Play("snapshot", 1000 / framesPerSecond);
        return Of(frames[0].Image, [.. frames.Select(f => f.Detections.Select(BoxOnImage.Of).ToList())], 0,
            new Explorer("snapshots", caption, controls, notes[0], new { Notes = notes, Sources = sources }));
    }

    private static Figure Of(RgbImage image, IReadOnlyList<IReadOnlyList<BoxOnImage>> moments, int shown, Explorer explorer) => explorer.On(new PictureSvg(
        image,
        [.. moments.Select((boxes, i) => new PictureLayer(boxes, ("data-snapshot", i), ("style", $"display:{(i == shown ? "inline" : "none")}")))],
        explorer.Caption));
}
