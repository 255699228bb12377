using static TorchSharp.torch;

namespace SingleShot.Tests;

/// <summary>Small tensors written out, and tensors read back as numbers.</summary>
internal static class TensorLiterals
{
    public static Tensor Rows(params double[][] rows)
    {
        var values = new double[rows.Length, rows[0].Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < rows[i].Length; j++)
            {
                values[i, j] = rows[i][j];
            }
        }
        return tensor(values);
    }

    public static double[] Numbers(this Tensor values) => values.to(float64).contiguous().data<double>().ToArray();

    public static long[] Integers(this Tensor values) => values.to(int64).contiguous().data<long>().ToArray();

    public static bool[] Truths(this Tensor values) => values.contiguous().data<bool>().ToArray();
}
