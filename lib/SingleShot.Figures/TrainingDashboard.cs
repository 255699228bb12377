using System.Globalization;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Explorers;
using SingleShot.Figures.Plotting;
using SingleShot.Images;
using SingleShot.Runtime;
using SingleShot.Training;
using static System.FormattableString;
using static SingleShot.Figures.Drawing.Html;

namespace SingleShot.Figures;

/// <summary>A training run at a glance, to be drawn again and again while it goes on: numbers, the loss, where the time goes, and one picture as the network sees it.</summary>
/// <param name="picture">A picture that the network does not train on.</param>
/// <param name="truths">Its objects: white dashes.</param>
public sealed class TrainingDashboard(RgbImage picture, IReadOnlyList<GroundTruth> truths)
{
    /// <summary>The last steps, over which rates and shares are averaged: those of a single step jump about.</summary>
    private const int RecentSteps = 50;

    private readonly List<(string Name, IReadOnlyList<BoxOnImage> Boxes)> _moments = [];

    /// <summary>Adds what the network finds on the picture now, as one more moment of its slider; a moment of the same step is replaced.</summary>
    /// <param name="step">Steps taken so far; 0 before the first.</param>
    /// <param name="found">The detections to show, in the picture's pixels.</param>
    public void Watch(int step, IReadOnlyList<DetectedObject> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var objects = truths.Select(truth => new BoxOnImage(truth.Box, "ground truth", -1, BoxStyle.Dashed));
        var boxes = found.OrderByDescending(one => one.Score).Select(BoxOnImage.Of);
        var name = $"step {step}";
        _moments.RemoveAll(moment => moment.Name == name);
        _moments.Add((name, [.. objects, .. boxes]));
    }

    /// <summary>The dashboard as things stand.</summary>
    /// <param name="history">Every step so far.</param>
    /// <param name="steps">Steps that the run is to take in all.</param>
    public Figure Draw(IReadOnlyList<TrainingStep> history, int steps)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Count == 0)
        {
            return new Figure("A training run before its first step", _ => "<p>The dashboard shows here after the first step.</p>");
        }
        var last = history[^1];
        var recent = history.TakeLast(RecentSteps).ToList();
        var summary = Invariant($"Step {last.Step} of {steps}: loss {recent.Average(step => step.Total):F2}");
        var loss = Charts.Loss(history, logarithmic: true, title: null);
        var rate = Charts.Lines([new Curve("learning rate", Rates(history))], new Axes("step", "learning rate"));
        List<(string, IReadOnlyList<BoxOnImage>)> moments = [.. _moments]; // those of now, however often it is watched after this
        var watched = moments.Count > 0
            ? SnapshotExplorer.Of(picture, moments, "A held-out picture. White dashes: its objects. Colors: what the network finds. The slider goes back in time.",
                [.. moments.Select(moment => $"{moment.Item1}: {ExplorerData.Count(moment.Item2.Count - truths.Count, "detection")}, {ExplorerData.Count(truths.Count, "object")}.")])
            : null;
        var tiles = Tiles(last, recent, steps);
        var shares = TimeShares.Draw(recent);
        return new Dashboard(summary, width => $"""
            <section aria-label="{Text(summary)}" style="max-width:1000px">
            {tiles}
            {loss.Render(width)}
            <div style="display:grid;gap:12px;grid-template-columns:repeat(auto-fit,minmax(min(300px,100%),1fr));align-items:start">
            <div style="min-width:0">{rate.Render(width)}</div>
            <div style="min-width:0">{shares}</div>
            </div>
            {watched?.Render(width)}
            </section>
            """);
    }

    private static string Tiles(TrainingStep last, List<TrainingStep> recent, int steps)
    {
        var perStep = recent.Average(step => step.Seconds);
        var left = TimeSpan.FromSeconds(Math.Max(0, steps - last.Step) * perStep);
        (string Name, string Value)[] tiles =
        [
            ("step", $"{last.Step} of {steps}"),
            ("epoch", $"{last.Epoch + 1}"),
            ("loss", Invariant($"{recent.Average(step => step.Total):F2}")),
            ("learning rate", Invariant($"{last.LearningRate:G3}")),
            ("images/s", perStep > 0 ? Invariant($"{recent.Average(step => step.Images) / perStep:F0}") : "unknown"),
            ("time left", left.ToString(left.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture)),
            ("live tensors", $"{last.LiveTensors}"),
            .. TorchRuntime.FreedMemory is { } bytes ? [("memory kept free", $"{bytes >> 20} MiB")] : Array.Empty<(string, string)>(),
        ];
        var cells = tiles.Select(tile => "<div style=\"padding:4px 12px;border-left:3px solid #8C8C8C\">"
            + $"<div style=\"font:12px sans-serif\">{Text(tile.Name)}</div><div style=\"font:bold 18px sans-serif;white-space:nowrap\">{Text(tile.Value)}</div></div>");
        return $"<div style=\"display:flex;flex-wrap:wrap;gap:8px 12px;margin:8px 0\">{string.Concat(cells)}</div>";
    }

    /// <summary>The learning rate before and after each change, which draws the same staircase as all steps would.</summary>
    private static List<(double Step, double Rate)> Rates(IReadOnlyList<TrainingStep> history) =>
        [.. history.Where((step, i) => i == 0 || i == history.Count - 1 || step.LearningRate != history[i - 1].LearningRate || step.LearningRate != history[i + 1].LearningRate)
            .Select(step => ((double)step.Step, step.LearningRate))];

    [TypeFormatterSource(typeof(FigureFormatterSource), PreferredMimeTypes = [Mime.Plain, Mime.Html])]
    private sealed class Dashboard(string summary, Func<double, string> render) : Figure(summary, render)
    {
        internal override string Script => PlotlyScript.Html;
    }
}
