using SingleShot.Figures.Drawing;
using SingleShot.Images;
using static SingleShot.Figures.Explorers.ExplorerData;

namespace SingleShot.Figures.Explorers;

/// <summary>One picture at several moments.</summary>
internal static class SnapshotExplorer
{
    public static Figure Of(RgbImage image, IReadOnlyList<(string Name, IReadOnlyList<BoxOnImage> Boxes)> snapshots, string caption, IReadOnlyList<string>? words = null)
    {
        var last = snapshots.Count - 1;
        var notes = words ?? [.. snapshots.Select(s => $"{s.Name}: {Count(s.Boxes.Count, "box")}.")];
        var explorer = new Explorer("snapshots", caption,
            Control.Slider("snapshot", "Moment", 0, last, 1, last, [.. snapshots.Select(s => s.Name)]) + Control.Play("snapshot"),
            notes[last], new { Notes = notes });
        // The last stands where no script runs: it is what the others led to.
        var layers = snapshots.Select((s, i) => new PictureLayer(s.Boxes, ("data-snapshot", i), ("style", $"display:{(i == last ? "inline" : "none")}"))).ToList();
        return explorer.On(new PictureSvg(image, layers, caption));
    }
}
