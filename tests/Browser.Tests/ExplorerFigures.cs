using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Figures;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Explorers;
using SingleShot.Images;
using static TorchSharp.torch;

namespace Browser.Tests;

/// <summary>An explorer of each kind to try, by name; each is made once.</summary>
internal static class ExplorerFigures
{
    /// <summary>The objects of those that show a picture of 300 x 300.</summary>
    public static GroundTruth[] Truths { get; } = Scenes.Objects(11, 5, 300, 300);

    /// <summary>What <c>coverage</c> shows.</summary>
    public static Sample[] Samples { get; } = [.. Enumerable.Range(0, 50).Select(i => new Sample($"{i}", "", 96, 96, Scenes.Objects(i, 8, 96, 96)))];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names => [.. All.Keys];

    private static (Tensor Offsets, Tensor Scores) Predictions { get; } = Scenes.Predictions(Scenes.Small, Truths, 300, 300, seed: 6);

    private static Dictionary<string, Lazy<Figure>> All { get; } = new()
    {
        ["default-boxes"] = new(() => Explore.DefaultBoxes(Scenes.Picture(300, 300), Scenes.Ssd300)),
        ["matching"] = new(() => Explore.Matching(Scenes.Picture(300, 300), Truths, Scenes.Ssd300)),
        ["matching-small"] = new(() => Explore.Matching(Scenes.Picture(96, 96), Scenes.Objects(2, 6, 96, 96), Scenes.Small)),
        ["mining"] = new(() => Explore.Mining(Scenes.Picture(300, 300), Truths, Scenes.Ssd300, [("untrained", Scores(0)), ("trained", Scores(1))])),
        ["detection"] = new(() => Explore.Detection(Scenes.Picture(300, 300), Scenes.Small, Predictions.Offsets, Predictions.Scores, Truths)),
        ["detections"] = new(() => DetectionExplorer.Of(Scenes.Small, [.. Enumerable.Range(0, 3).Select(Predicted)], new(0.4, Overlap: 0.45), "three pictures")),
        ["network"] = new(() => Explore.Network(Scenes.Ssd300)),
        ["network-small"] = new(() => Explore.Network(Scenes.Small)),
        ["suppression"] = new(() => Explore.Suppression(Scenes.Picture(300, 300), Scenes.Small, Predictions.Offsets, Predictions.Scores)),
        ["coverage"] = new(() => Explore.Coverage(Samples, Scenes.Small)),
        ["average-precision"] = new(() => Explore.AveragePrecision(Scenes.Picture(530, 180), Scenes.Ten().Truths, Scenes.Ten().Detections)),
        ["snapshots"] = new(() => Explore.Snapshots(Scenes.Picture(96, 96),
        [
            ("step 1", [new BoxOnImage(new BoundingBox(5, 5, 30, 30), "first") { Label = "cat 0.30" }]),
            ("step 2", []),
            ("step 3", [new BoxOnImage(new BoundingBox(15, 15, 60, 60), "last") { Label = "cat 0.90" }, new BoxOnImage(new BoundingBox(1, 1, 9, 9), "other", 1)]),
        ])),
        ["film"] = new(() => Explore.Film([.. Enumerable.Range(0, 3).Select(i => (
            RgbImage.Create(120, 90, pixels => pixels.Fill((byte)(60 + 40 * i))),
            (IReadOnlyList<DetectedObject>)[.. Enumerable.Range(0, i + 1).Select(j => new DetectedObject(BoundingBox.FromSize(10 + 30 * i, 10 + 20 * j, 24, 16), j, "cat", 0.9))]))])),
    };

    /// <summary>One of them.</summary>
    public static Figure Of(string name) => All[name].Value;

    /// <summary>One of them in a browser.</summary>
    public static async Task<FigurePage> OpenAsync(Browser browser, string name) => await FigurePage.OpenAsync(await browser.OpenAsync(), Of(name));

    /// <summary>One of the pictures that <c>detections</c> goes through, by its number from 0.</summary>
    public static PredictedPicture Predicted(int seed)
    {
        var truths = Scenes.Objects(seed, 3, 300, 300);
        var (offsets, scores) = Scenes.Predictions(Scenes.Small, truths, 300, 300, seed);
        return new PredictedPicture(seed % 2 == 0 ? Scenes.Picture(300, 300) : RgbImage.Create(300, 300, pixels => pixels.Fill(90)), offsets, scores, truths);
    }

    private static Tensor Scores(int seed) => Scenes.Predictions(Scenes.Ssd300, Truths, 300, 300, seed).Scores;
}
