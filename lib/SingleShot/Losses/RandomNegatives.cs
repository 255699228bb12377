using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>Chooses any negatives, anew each time: what hard negative mining is to be better than.</summary>
/// <param name="seed">Seed of the choices: equal seeds make the same ones, in the order of the calls.</param>
/// <param name="ratio">Negatives for each positive default box of the same image.</param>
public sealed class RandomNegatives(int seed, double ratio = 3) : NegativeMining(ratio)
{
    private readonly Random _random = new(seed);

    /// <inheritdoc/>
    protected override Tensor Importance(Tensor hardness)
    {
        using var generator = new Generator((ulong)_random.NextInt64());
        return rand(hardness.shape, generator: generator).to(hardness.device);
    }
}
