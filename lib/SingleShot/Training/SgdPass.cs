using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Training;

/// <summary>The step of <see cref="MomentumSgd"/> for one parameter on the CPU, in one pass over its memory.</summary>
/// <remarks>
/// The step is little arithmetic on much memory. As single operations it goes over that memory ten times, and takes as much again for what
/// is between them. The numbers are those of the single operations, whose sums are fused, too.
/// </remarks>
internal static class SgdPass
{
    private const int Piece = 1 << 16; // numbers, that two threads share a large parameter and none is made for a small one

    /// <summary>Whether the memory of all three can be gone through in one order.</summary>
    public static bool Takes(Tensor weights, Tensor gradient, Tensor velocity) => Plain(weights) && Plain(gradient) && Plain(velocity);

    /// <summary>v = momentum v + (gradient + decay w), then w = w - rate v.</summary>
    public static void Run(Tensor weights, Tensor gradient, Tensor velocity, double momentum, double decay, double rate)
    {
        var length = (int)weights.NumberOfElements;
        void Part(int piece)
        {
            var start = piece * Piece;
            var count = Math.Min(Piece, length - start);
            Run(Numbers(weights, start, count), Numbers(gradient, start, count), Numbers(velocity, start, count), (float)momentum, (float)decay, (float)rate);
        }
        var pieces = (length + Piece - 1) / Piece;
        if (pieces == 1)
        {
            Part(0);
            return;
        }
        Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, Part);
    }

    private static bool Plain(Tensor tensor) =>
        tensor.dtype == ScalarType.Float32 && tensor.device_type == DeviceType.CPU && tensor.is_contiguous() && tensor.NumberOfElements <= int.MaxValue / sizeof(float);

    private static Span<float> Numbers(Tensor tensor, int start, int count) => MemoryMarshal.Cast<byte, float>(tensor.bytes).Slice(start, count);

    private static void Run(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> velocity, float momentum, float decay, float rate)
    {
        var width = Vector<float>.Count;
        var (momentums, decays, rates) = (new Vector<float>(momentum), new Vector<float>(decay), new Vector<float>(-rate));
        var i = 0;
        for (; i <= weights.Length - width; i += width)
        {
            var w = new Vector<float>(weights[i..]);
            var v = (momentums * new Vector<float>(velocity[i..])) + Vector.FusedMultiplyAdd(decays, w, new Vector<float>(gradient[i..]));
            v.CopyTo(velocity[i..]);
            Vector.FusedMultiplyAdd(rates, v, w).CopyTo(weights[i..]);
        }
        for (; i < weights.Length; i++)
        {
            velocity[i] = (momentum * velocity[i]) + MathF.FusedMultiplyAdd(decay, weights[i], gradient[i]);
            weights[i] = MathF.FusedMultiplyAdd(-rate, velocity[i], weights[i]);
        }
    }
}
