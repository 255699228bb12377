using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Batches;
using SingleShot.Losses;
using SingleShot.Models;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Torchvision;

/// <summary>
/// Matching beside torchvision's. Default boxes lie on a grid, so that in every tenth picture some object overlaps several of them
/// equally: which one it gets by force hangs on the last bit of float32.
/// </summary>
[Trait("Needs", "torchvision")]
public sealed class TorchvisionMatchingTests(ITestOutputHelper output) : IDisposable
{
    private const int Pictures = 500;
    private readonly TorchvisionPeer _peer = new();

    [Theory]
    [InlineData("ssd300", 640, 480)]
    [InlineData("ssdlite320", 500, 375)]
    public void EveryDefaultBox_AnswersForTheObjectThatItDoesInTorchvision(string name, int width, int height)
    {
        TorchvisionPeer.SkipIfMissing();
        using var scope = NewDisposeScope();
        var model = name == "ssd300" ? Specifications.Ssd300(["thing"]) : Specifications.SsdLite320(["thing"]);
        var random = new Random(17);
        var image = Data.Pictures.Plain(width, height, 0, 0, 0);
        var truths = Enumerable.Range(0, Pictures).Select(_ => Truths(random, width, height)).ToList();
        using var expected = _peer.Do("match", name, [.. truths.SelectMany((boxes, i) => Input(boxes, i, model.InputSize, width, height))]);
        var defaults = model.DefaultBoxes().ToTensor();

        var different = new List<int>();
        foreach (var (i, boxes) in truths.Index())
        {
            using var batch = BatchLoader.Collate([new Example(image, boxes)], model);
            var matches = new BestOverlapMatcher().Match(batch.Targets.Boxes, batch.Targets.Present, defaults, model.InputSize);
            var matched = expected.Tensors[$"matched.{i}"].Integers();
            if (!matches.InImage(0).OrderBy(match => match.DefaultBox).SequenceEqual(
                matched.Index().Where(match => match.Item >= 0).Select(match => new Match((int)match.Item, match.Index))))
            {
                different.Add(i);
            }
        }

        output.WriteLine($"{model.Name}: of {Pictures} pictures {different.Count} are matched otherwise");
        different.Should().BeEmpty();
    }

    public void Dispose() => _peer.Dispose();

    /// <summary>One to seven boxes of whole pixels.</summary>
    private static List<GroundTruth> Truths(Random random, int width, int height) => [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ =>
    {
        var (left, top) = (random.Next(width * 7 / 10), random.Next(height * 7 / 10));
        return new GroundTruth(new BoundingBox(left, top, random.Next(left + 5, width), random.Next(top + 5, height)), 0);
    })];

    /// <summary>The boxes as torchvision resizes them: each coordinate times the ratio of the sides, both in float32.</summary>
    private static IEnumerable<(string, Tensor)> Input(List<GroundTruth> truths, int i, int size, int width, int height)
    {
        var corners = truths.SelectMany(truth => new[] { (float)truth.Box.Left, (float)truth.Box.Top, (float)truth.Box.Right, (float)truth.Box.Bottom });
        var ratios = tensor(new[] { (float)size / width, (float)size / height, (float)size / width, (float)size / height });
        return [($"boxes.{i}", tensor([.. corners], [truths.Count, 4], float32) * ratios), ($"labels.{i}", ones(truths.Count, int64))];
    }
}
