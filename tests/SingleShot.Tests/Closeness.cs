using static TorchSharp.torch;

namespace SingleShot.Tests;

/// <summary>How far numbers are from what they should be.</summary>
internal static class Closeness
{
    /// <summary>The norm of the difference, over the norm of what is right; infinite where there is a NaN.</summary>
    public static double Error(double[] found, double[] right)
    {
        double difference = 0, norm = 0;
        for (var i = 0; i < right.Length; i++)
        {
            difference += (found[i] - right[i]) * (found[i] - right[i]);
            norm += right[i] * right[i];
        }
        return double.IsNaN(difference) ? double.PositiveInfinity : Math.Sqrt(difference / norm);
    }

    /// <summary>A tensor's numbers, row by row.</summary>
    public static double[] Numbers(Tensor values) => values.detach().to(float64).contiguous().data<double>().ToArray();
}
