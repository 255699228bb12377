using System.Text.Json;
using AwesomeAssertions;
using Microsoft.Playwright;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Evaluation.Voc;
using SingleShot.Figures.Explorers;
using SingleShot.Figures.Explorers.Evaluation;
using SingleShot.Losses;
using SingleShot.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Browser.Tests;

/// <summary>The page computes what the library computes, to the last bit: the same boxes, overlaps, matches, negatives and detections.</summary>
[Trait("Needs", "chromium")]
public sealed class ExplorerArithmeticTests(Browser browser) : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private IPage _page = null!;

    public static TheoryData<SsdSpecification> Models => [Scenes.Small, Scenes.Ssd300, Specifications.Ssd512(["a"]), Specifications.Ssd300Paper(["a"])];

    public async ValueTask InitializeAsync()
    {
        _page = await browser.OpenAsync();
        await _page.AddScriptTagAsync(new PageAddScriptTagOptions { Content = ExplorerScript.Arithmetic });
    }

    public async ValueTask DisposeAsync() => await _page.Context.CloseAsync();

    [Theory]
    [MemberData(nameof(Models), DisableDiscoveryEnumeration = true)]
    public async Task DefaultBoxes_OfAModel_AreTheLibrarys(SsdSpecification model)
    {
        var numbers = await ComputeAsync<double[]>("defaultBoxes(input.model).flatMap(b => [b.map, b.row, b.column, b.scale, b.ratio, b.x, b.y, b.width, b.height])", new { Model = ExplorerData.Model(model) });
        var corners = await ComputeAsync<double[]>("[...cornersOf(defaultBoxes(input.model))]", new { Model = ExplorerData.Model(model) });

        var boxes = model.DefaultBoxes();
        numbers.SequenceEqual(boxes.SelectMany(b => new[] { b.Map, b.Row, b.Column, b.Scale, b.AspectRatio, b.CenterX, b.CenterY, b.Width, b.Height })).Should().BeTrue();
        corners.SequenceEqual(ExplorerData.Floats(BoxFormat.CenterToCorners(boxes.ToTensor())).Select(v => (double)v)).Should().BeTrue();
    }

    [Fact]
    public async Task Overlap_OfManyBoxes_IsTheLibrarys()
    {
        var random = new Random(3);
        var corners = Enumerable.Range(0, 300).SelectMany(_ =>
        {
            float x = random.Next(20) / 16f, y = (float)random.NextDouble(), w = random.Next(-1, 8) / 7f, h = (float)random.NextDouble();
            return new[] { x, y, x + w, y + h }; // some have no width, some less than that
        }).ToArray();
        var overlaps = await ComputeAsync<double[]>(
            "(c => { const n = c.length / 4; return Array.from({ length: n * n }, (_, i) => overlap(c, Math.floor(i / n), c, i % n)); })(floats(input.corners))",
            new { Corners = ExplorerData.Pack(corners) });

        var boxes = tensor(corners, [300, 4]);
        overlaps.SequenceEqual(ExplorerData.Floats(Jaccard.Overlap(boxes, boxes)).Select(v => (double)v)).Should().BeTrue();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 6)]
    [InlineData(3, 40)] // so many that objects force the same default box
    public async Task Match_AtAnyThreshold_IsTheLibrarys(int seed, int count)
    {
        foreach (var model in new[] { Scenes.Small, Scenes.Ssd300 })
        {
            var truths = Scenes.Objects(seed, count, 96, 96);
            var corners = ExplorerData.Corners([.. truths, .. truths.Take(count / 4)], Scenes.Picture(96, 96)); // some twice, whose overlaps are equal
            double[] thresholds = [0.05, 0.1, 0.33, 0.5, 0.6, 0.95];
            var matches = await ComputeAsync<int[][]>(
                "(o => input.thresholds.flatMap(t => [match(o, t, true), match(o, t, false)]).map(m => m.flatMap(m => [m.truth, m.box])))(overlapsOf(floats(input.corners), cornersOf(defaultBoxes(input.model))))",
                new { Model = ExplorerData.Model(model), Corners = ExplorerData.Pack(corners), thresholds });

            var objects = tensor(corners, [1, corners.Length / 4, 4]);
            var expected = thresholds
                .SelectMany(t => new Matcher[] { new ManyToManyMatcher(t), new BestOverlapMatcher(t) })
                .Select(matcher => matcher.Match(objects, ones(objects.shape[..2], @bool), model.DefaultBoxes().ToTensor()).InImage(0).SelectMany(m => new[] { m.Truth, m.DefaultBox }).ToArray())
                .ToArray();
            matches.Should().HaveSameCount(expected);
            matches.Zip(expected).Should().AllSatisfy(pair => pair.First.Should().Equal(pair.Second));
        }
    }

    /// <remarks>An object that lies within several default boxes overlaps them equally, and the rounding of the unit chooses among them.</remarks>
    [Fact]
    public async Task Match_OfObjectsWithinSeveralDefaultBoxes_IsThatOfTheLoss()
    {
        var random = new Random(5);
        var (model, picture) = (Scenes.Ssd300, Scenes.Picture(640, 480));
        GroundTruth[] truths = [.. Enumerable.Range(0, 200).Select(_ =>
            new GroundTruth(BoundingBox.FromSize(random.Next(600), random.Next(450), random.Next(4, 40), random.Next(4, 30)), 0))];
        var matches = await ComputeAsync<int[]>(
            "match(overlapsOf(new Float32Array(input.boxes.flatMap(([left, top, right, bottom]) => [...inputCorners({ left, top, right, bottom }, 640, 480, 300)])), "
            + "cornersOf(defaultBoxes(input.model), 300)), 0.5, false).flatMap(m => [m.truth, m.box])",
            new { Model = ExplorerData.Model(model), Boxes = truths.Select(t => new[] { t.Box.Left, t.Box.Top, t.Box.Right, t.Box.Bottom }) });

        var expected = new BestOverlapMatcher().Match(ExplorerData.Targets(truths, picture), ones(1, truths.Length, @bool), model.DefaultBoxes().ToTensor(), model.InputSize);
        matches.Should().Equal(expected.InImage(0).SelectMany(m => new[] { m.Truth, m.DefaultBox }));
    }

    [Fact]
    public async Task Match_OverlapThatIsTheThreshold_IsDecidedAsInTheLibrary()
    {
        // One cell with two squares of side 0.5; the object covers 3 / 5 of them and nothing else, so the overlap is 0.6 as near as float32 has it.
        var model = Scenes.Small with { Maps = [new FeatureMap(1, 96, 0.5, 0.5, [])] };
        float[] corners = [0.25f, 0.25f, 0.75f, 0.55f];
        var (objects, defaults) = (tensor(corners, [1, 1, 4]), model.DefaultBoxes().ToTensor());
        var exact = Jaccard.Overlap(objects[0], BoxFormat.CenterToCorners(defaults))[0, 0].ToDouble();
        foreach (var threshold in new[] { 0.59, 0.6, exact, 0.61 })
        {
            var counts = await ComputeAsync<int[]>(
                "(o => [true, false].map(many => match(o, input.threshold, many).length))(overlapsOf(floats(input.corners), cornersOf(defaultBoxes(input.model))))",
                new { Model = ExplorerData.Model(model), Corners = ExplorerData.Pack(corners), threshold });

            counts.Should().Equal(new Matcher[] { new ManyToManyMatcher(threshold), new BestOverlapMatcher(threshold) }
                .Select(matcher => (int)matcher.Match(objects, ones(1, 1, @bool), defaults).Count));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(3)]
    [InlineData(10_000)]
    public async Task Mine_AtAnyRatio_IsTheLibrarys(double ratio)
    {
        var random = new Random(5);
        var hardness = Enumerable.Range(0, 500).Select(_ => random.Next(60) / 7f).ToArray(); // many are equally hard
        int[] positive = [3, 4, 5, 77, 400, 499];
        var chosen = await ComputeAsync<int[]>("mine(floats(input.hardness), new Set(input.positive), input.ratio).sort((a, b) => a - b)", new { Hardness = ExplorerData.Pack(hardness), positive, ratio });

        var mask = zeros(1, 500, @bool);
        mask[0, tensor(positive.Select(p => (long)p).ToArray())] = true;
        var expected = new HardNegativeMining(ratio).Select(tensor(hardness, [1, 500]), mask).squeeze(0).data<bool>().ToArray();
        chosen.Should().Equal(Enumerable.Range(0, 500).Where(i => expected[i]));
    }

    [Fact]
    public async Task Suppress_AtAnyOverlap_KeepsWhatTheLibraryKeeps()
    {
        var corners = ExplorerData.Corners([.. Scenes.Objects(8, 200, 300, 300)], Scenes.Picture(300, 300));
        foreach (var limit in new[] { 0, 0.2, 0.45, 0.8, 1 })
        {
            var kept = await ComputeAsync<int[]>(
                "(v => [...v.keys()].filter(i => v[i].by < 0))(suppress(floats(input.corners), [...Array(200).keys()], input.limit))",
                new { Corners = ExplorerData.Pack(corners), limit });

            var scores = arange(200, 0, -1, float32);
            kept.Should().Equal(NonMaximumSuppression.Keep(tensor(corners, [200, 4]), scores, limit).data<long>().ToArray().Select(i => (int)i));
        }
    }

    [Theory]
    [InlineData(0.01, 0.45)]
    [InlineData(0.3, 0.45)]
    [InlineData(0.3, 0)]
    [InlineData(0.6, 0.9)]
    [InlineData(0.99, 0.45)]
    public async Task Detect_AtAnyThresholds_FindsWhatTheLibraryFinds(double score, double overlap)
    {
        foreach (var model in new[] { Scenes.Small, Scenes.Ssd300, Scenes.Small with { NoObject = NoObject.LowConfidence } })
        {
            var truths = Scenes.Objects(4, 7, 96, 96);
            var (offsets, scores) = Scenes.Predictions(model, truths, 96, 96, seed: 6);
            var candidates = Candidates.Of(model, offsets, scores, 0.01);
            var found = await ComputeAsync<int[]>(
                "(c => detect(c, 4, input.score, input.overlap, 200).flatMap(i => [c.labels[i], c.defaults[i]]))({ corners: floats(input.data.corners), scores: floats(input.data.scores), labels: input.data.labels, defaults: input.data.defaults })",
                new { Data = candidates.Data(Scenes.Picture(96, 96), []), score, overlap });

            var expected = Candidates.Decode(model, offsets, scores, new DetectionSettings(score, Overlap: overlap));
            found.Should().Equal(expected.Labels.Zip(expected.Defaults).SelectMany(pair => new[] { pair.First, pair.Second }));
        }
    }

    [Theory]
    [InlineData(1, 5, 10)]
    [InlineData(2, 10, 40)]
    [InlineData(3, 30, 100)]
    [InlineData(4, 1, 1)]
    public async Task AveragePrecision_ObjectsApart_IsTheLibrarysInAllThreeWays(int seed, int objects, int detections)
    {
        var scene = Detected(seed, objects, detections, apart: true);
        var values = await ComputeAsync<double[][]>(
            "cocoOverlaps.map(least => { const points = precisionRecall(matchDetections(input.overlaps, least), input.objects); return [areaBelow(points), elevenRecalls(points), cocoPrecision(input.overlaps, input.objects, [least])]; })",
            new { scene.Overlaps, objects });

        var images = new[] { new EvaluatedImage("a", scene.Truths, scene.Detections) };
        var coco = CocoEvaluation.Evaluate(["a"], images);
        values.Should().HaveCount(10);
        foreach (var (threshold, (overlap, value)) in CocoProtocol.OverlapThresholds.Zip(values).Index())
        {
            value[0].Should().Be(VocEvaluation.Evaluate(["a"], images, overlap).MeanAP);
            value[1].Should().Be(VocEvaluation.Evaluate(["a"], images, overlap, VocAveragePrecision.ElevenPoint).MeanAP);
            value[2].Should().BeApproximately(coco.Precision(threshold, 0).ToArray().Average(), 1e-12);
        }

        (await ComputeAsync<double>("cocoPrecision(input.overlaps, input.objects, cocoOverlaps)", new { scene.Overlaps, objects })).Should().Be(coco.AP);
    }

    [Theory]
    [InlineData(5, 4, 30)]
    [InlineData(6, 20, 100)]
    [InlineData(7, 60, 100)] // a detection overlaps many of them, and takes the best that is free
    public async Task AveragePrecision_ObjectsAnywhere_IsCocos(int seed, int objects, int detections)
    {
        var scene = Detected(seed, objects, detections, apart: false);
        var values = await ComputeAsync<double[]>(
            "[...cocoOverlaps.map(least => cocoPrecision(input.overlaps, input.objects, [least])), cocoPrecision(input.overlaps, input.objects, cocoOverlaps)]", new { scene.Overlaps, objects });
        var outcomes = await ComputeAsync<DetectionOutcome[][]>("cocoOverlaps.map(least => matchDetections(input.overlaps, least))", new { scene.Overlaps });

        var coco = CocoEvaluation.Evaluate(["a"], [new EvaluatedImage("a", scene.Truths, scene.Detections)]);
        values[^1].Should().Be(coco.AP).And.BeInRange(0.01, 0.99);
        for (var threshold = 0; threshold < 10; threshold++)
        {
            values[threshold].Should().BeApproximately(coco.Precision(threshold, 0).ToArray().Average(), 1e-12);
            outcomes[threshold].Should().Equal(scene.Outcomes(CocoProtocol.OverlapThresholds[threshold]));
        }
    }

    /// <summary>Objects of one class, and detections near them; of equal scores there are some, and of equal boxes.</summary>
    private static RankedDetections Detected(int seed, int objects, int detections, bool apart)
    {
        var random = new Random(seed);
        var truths = apart
            ? [.. Enumerable.Range(0, objects).Select(i => new GroundTruth(BoundingBox.FromSize(100 * i, 0, 20 + random.Next(60), 60), 0))]
            : Scenes.Objects(seed, objects, 300, 300).Select(t => t with { Label = 0 }).ToArray();
        return RankedDetections.Of(truths, [.. Enumerable.Range(0, detections).Select(_ =>
        {
            var box = truths[random.Next(objects)].Box;
            double Near() => 0.1 * random.Next(-2, 3);
            return new DetectedObject(box.Shift(Near() * box.Width, Near() * box.Height), 0, "a", random.Next(50) / 50.0);
        })]);
    }

    /// <summary>Evaluates an expression of the page's own functions.</summary>
    private async Task<T> ComputeAsync<T>(string expression, object input) => JsonSerializer.Deserialize<T>(
        await _page.EvaluateAsync<string>($"text => {{ const input = JSON.parse(text); return JSON.stringify({expression}); }}", JsonSerializer.Serialize(input, Json)), Json)!;
}
