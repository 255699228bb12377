using SingleShot.Models;
using SingleShot.Networks;
using static TorchSharp.torch;

namespace SingleShot.Tests.Onnx;

/// <summary>A network with every number different from what it begins with, as after a training: statistics and biases, too.</summary>
internal static class TrainedNetwork
{
    public static SsdNetwork Of(SsdSpecification model, int seed = 3)
    {
        var network = new SsdNetwork(model, seed);
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var generator = new Generator((ulong)seed);
        // What goes in comes out as large. Where channels are weighed and maps added up, larger weights would drown float32 in its own rounding.
        var gain = model.Convolutions == ConvolutionKind.DepthwiseSeparable ? 1.0 : 2.0;
        var normalizations = network.state_dict().Keys.Where(name => name.EndsWith("running_var", StringComparison.Ordinal)).Select(name => name[..^11]).ToHashSet();
        foreach (var (name, value) in network.state_dict())
        {
            if (value.dim() == 4)
            {
                value.normal_(0, Math.Sqrt(gain / (value.shape[1] * value.shape[2] * value.shape[3])), generator);
            }
            switch (name[(name.LastIndexOf('.') + 1)..])
            {
                case "running_var" or "scale_weight":
                case "weight" when normalizations.Contains(name[..^6]):
                    value.mul_(rand(value.shape, generator: generator) + 0.5);
                    break;
                case "running_mean" or "bias":
                    value.normal_(0, 0.1, generator);
                    break;
            }
        }
        network.eval();
        var (offsets, scores) = network.call(ScenePicture.Input(model));
        var first = 0L;
        foreach (var (i, map) in model.Maps.Index())
        {
            Bring(offsets.narrow(1, first, map.BoxCount), model.Coder.CenterWeight / 10, $"head.regression_head.module_list.{i}.");
            Bring(scores.narrow(1, first, map.BoxCount), 1.5, $"head.classification_head.module_list.{i}.");
            first += map.BoxCount;
        }
        return network;

        // What fresh weights predict is far beyond what trained ones do, and so are its rounding errors.
        void Bring(Tensor predictions, double deviation, string head)
        {
            var weight = network.state_dict().Last(entry => entry.Key.StartsWith(head, StringComparison.Ordinal) && entry.Key.EndsWith("weight", StringComparison.Ordinal)).Value;
            weight.mul_(deviation / predictions.std());
        }
    }
}
