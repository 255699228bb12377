using SingleShot.Weights;

namespace SingleShot.Tests.Distributed;

/// <summary>Compares what trainings came to.</summary>
internal static class CheckpointDistance
{
    /// <summary>How far apart two checkpoints are: of all tensors the largest distance, in relation to the tensor's norm.</summary>
    public static double Between(string one, string other)
    {
        using var left = WeightFile.Read(one);
        using var right = WeightFile.Read(other);
        if (!left.Tensors.Keys.ToHashSet().SetEquals(right.Tensors.Keys))
        {
            throw new ArgumentException($"{one} and {other} have other tensors.");
        }
        return left.Tensors.Max(entry =>
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var (a, b) = (entry.Value.to(TorchSharp.torch.float64), right.Tensors[entry.Key].to(TorchSharp.torch.float64));
            return (a - b).norm().item<double>() / Math.Max(a.norm().item<double>(), double.Epsilon);
        });
    }
}
