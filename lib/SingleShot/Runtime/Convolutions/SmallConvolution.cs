using System.Globalization;
using System.Runtime.CompilerServices;

namespace SingleShot.Runtime.Convolutions;

/// <summary>A convolution of two small square maps, and what it must give, summed up plainly.</summary>
/// <param name="Input">Channels that go in.</param>
/// <param name="Output">Channels that come out.</param>
/// <param name="Size">Side of the input.</param>
/// <param name="Kernel">Side of the kernel.</param>
/// <param name="Stride">Its stride.</param>
/// <param name="Padding">Zeros around the input.</param>
/// <param name="Dilation">Cells from one of the kernel's weights to the next.</param>
/// <param name="Groups">Parts of the channels that do not see each other: 1, or as many as there are channels.</param>
internal sealed record SmallConvolution(int Input, int Output, int Size, int Kernel, int Stride = 1, int Padding = 1, int Dilation = 1, int Groups = 1)
{
    /// <summary>Maps that go through together.</summary>
    public const int Count = 2;

    /// <summary>Side of the output.</summary>
    public int OutputSize => (Size + 2 * Padding - Dilation * (Kernel - 1) - 1) / Stride + 1;

    /// <summary>Whether the networks ask for a convolution of this kind in a way.</summary>
    public bool Has(ConvolutionWay way) => way switch
    {
        ConvolutionWay.ChannelsLast => (Kernel, Dilation, Groups) == (3, 1, 1),
        ConvolutionWay.Tiled => (Kernel, Stride, Padding, Dilation, Groups) == (3, 1, 1, 1, 1),
        _ => true,
    };

    /// <summary>Shape of the input.</summary>
    public long[] InputShape => [Count, Input, Size, Size];

    /// <summary>Shape of the weights.</summary>
    public long[] WeightShape => [Output, Input / Groups, Kernel, Kernel];

    /// <summary>Shape of the output.</summary>
    public long[] OutputShape => [Count, Output, OutputSize, OutputSize];

    /// <summary>The output, and from the gradient of the output those of input and weights: each a sum of products, in float64.</summary>
    /// <param name="input">Numbers of <see cref="InputShape"/>.</param>
    /// <param name="weight">Numbers of <see cref="WeightShape"/>.</param>
    /// <param name="gradient">Numbers of <see cref="OutputShape"/>.</param>
    /// <returns>Numbers of the three shapes: output, gradient of the input, gradient of the weights.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // it runs once, and would otherwise run unoptimized
    public (double[] Output, double[] InputGradient, double[] WeightGradient) PlainSums(float[] input, float[] weight, float[] gradient)
    {
        var (output, inputGradient, weightGradient) = (new double[gradient.Length], new double[input.Length], new double[weight.Length]);
        var (inGroup, outGroup, side) = (Input / Groups, Output / Groups, OutputSize);
        for (var w = 0; w < weight.Length; w++)
        {
            var (channel, ky, kx) = (w / (Kernel * Kernel), w / Kernel % Kernel, w % Kernel);
            var (to, from) = (channel / inGroup, channel / inGroup / outGroup * inGroup + channel % inGroup);
            for (var n = 0; n < Count; n++)
            {
                for (var oy = 0; oy < side; oy++)
                {
                    var y = oy * Stride - Padding + ky * Dilation;
                    for (var ox = 0; ox < side && y >= 0 && y < Size; ox++)
                    {
                        var x = ox * Stride - Padding + kx * Dilation;
                        if (x >= 0 && x < Size)
                        {
                            var i = ((n * Input + from) * Size + y) * Size + x;
                            var o = ((n * Output + to) * side + oy) * side + ox;
                            output[o] += (double)input[i] * weight[w];
                            inputGradient[i] += (double)gradient[o] * weight[w];
                            weightGradient[w] += (double)gradient[o] * input[i];
                        }
                    }
                }
            }
        }
        return (output, inputGradient, weightGradient);
    }

    /// <summary>A short description, for messages.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kernel}x{Kernel} from {Input} to {Output} channels");
}
