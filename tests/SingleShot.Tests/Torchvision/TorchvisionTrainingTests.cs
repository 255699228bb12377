using AwesomeAssertions;
using SingleShot.Data;
using SingleShot.Losses;
using SingleShot.Networks;
using SingleShot.Weights;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Torchvision;

/// <summary>The loss, its gradients and ten steps of SGD beside torchvision's, from the same weights on the same pictures.</summary>
[Trait("Needs", "torchvision")]
[Collection(nameof(Alone))]
public sealed class TorchvisionTrainingTests(ITestOutputHelper output) : IDisposable
{
    private const int Steps = 10;
    private static readonly string[] Coco = [.. Enumerable.Range(1, 90).Select(i => $"class {i}")];
    private readonly TorchvisionPeer _peer = new();

    [Fact]
    public void Ssd300_LearnsWhatTorchvisionLearns()
    {
        TorchvisionPeer.SkipIfMissing();
        var model = Specifications.Ssd300(Coco);
        Example[] examples = [TorchvisionPictures.Scene(0, 200), TorchvisionPictures.Scene(1, 300) with { Truths = [] }, TorchvisionPictures.Scene(4, 420)];
        examples.Select(example => example.Truths.Count).Should().ContainInOrder(3, 0, 4);
        using var scope = NewDisposeScope();
        using var expected = _peer.Do("train", "ssd300", [.. examples.SelectMany(Input)]);
        using var network = TorchvisionPeer.Network(model, expected);
        using var batch = BatchLoader.Collate(examples, model);
        using var optimiser = optim.SGD(network.parameters(), 1e-3, momentum: 0.9, weight_decay: 5e-4);
        var loss = MultiBoxLoss.For(model);
        var start = network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.detach().clone());
        var losses = new List<double>();

        network.train();
        for (var step = 0; step < Steps; step++)
        {
            using var stepScope = NewDisposeScope();
            optimiser.zero_grad();
            var terms = loss.Compute(network.call(batch.Images), batch.Truths, batch.Labels, batch.Present);
            losses.AddRange([terms.Localization.ToDouble(), (terms.Confidence + terms.NoMatch).ToDouble()]);
            terms.Total.backward();
            if (step == 0)
            {
                CompareGradients(network, expected);
            }
            optimiser.step();
        }

        CompareLosses(losses, expected.Tensors["losses"].Numbers());
        CompareWeights(network, start, expected);
    }

    public void Dispose() => _peer.Dispose();

    private static IEnumerable<(string, Tensor)> Input(Example example, int i) =>
    [
        TorchvisionPeer.Picture(i, example.Image),
        ($"boxes.{i}", tensor([.. example.Truths.SelectMany(truth => new[] { truth.Box.Left, truth.Box.Top, truth.Box.Right, truth.Box.Bottom })],
            [example.Truths.Count, 4], float32)),
        ($"labels.{i}", tensor([.. example.Truths.Select(truth => truth.Label + 1L)], [example.Truths.Count])),
    ];

    private void CompareLosses(List<double> found, double[] expected)
    {
        output.WriteLine(
            $"loss: localization {found[0]:G7} and {expected[0]:G7}, classification {found[1]:G7} and {expected[1]:G7}; "
            + $"after {Steps} steps {found[^2]:G5} and {found[^1]:G5}");
        found[0].Should().BeApproximately(expected[0], 1e-5 * expected[0]);
        found[1].Should().BeApproximately(expected[1], 1e-5 * expected[1]);
    }

    private void CompareGradients(SsdNetwork network, SafetensorsContent expected)
    {
        const string prefix = "gradient.";
        var parameters = network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        foreach (var (name, gradient) in expected.Tensors.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var difference = (parameters[name[prefix.Length..]].grad! - gradient).abs().max().ToDouble();
            var largest = gradient.abs().max().ToDouble();
            output.WriteLine($"{name}: up to {largest:G3}, differs by at most {difference / largest:G2} of that");
            difference.Should().BeLessThan(1e-4 * largest, name);
        }
    }

    private void CompareWeights(SsdNetwork network, Dictionary<string, Tensor> start, SafetensorsContent expected)
    {
        var differences = network.named_parameters().Select(entry => (
            Difference: (entry.parameter - expected.Tensors[$"trained.{entry.name}"]).abs().max().ToDouble(),
            Moved: (entry.parameter - start[entry.name]).abs().max().ToDouble())).ToList();
        output.WriteLine(
            $"weights after {Steps} steps differ by at most {differences.Max(entry => entry.Difference):G3}, having moved by up to {differences.Max(entry => entry.Moved):G3}");
        differences.Max(entry => entry.Moved).Should().BeGreaterThan(1e-2, "weights that hardly move agree anyhow");
        differences.Max(entry => entry.Difference).Should().BeLessThan(1e-3);
    }
}
