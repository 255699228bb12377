using System.Globalization;
using SingleShot.Runtime.Native;
using SingleShot.Winograd;
using static TorchSharp.torch;

namespace SingleShot.Runtime.Convolutions;

/// <summary>Small convolutions of the kinds that the networks have, compared with plain sums.</summary>
/// <remarks>
/// The numbers of channels fill no block of 8 or 16, in and out, for that is where libraries go wrong. Memory holds NaN before each, so that
/// what is left unwritten shows.
/// </remarks>
internal static class ConvolutionPanel
{
    // The norm of what is wrong, over the norm of the whole: rounding is a hundred times less, a lost channel a thousand times more.
    private const double Tolerance = 1e-5;

    // Input, weights and result are rounded to 8 bits, 0.2 % off together; a lost channel is 5 %.
    private const double Bfloat16Tolerance = 1e-2;

    private static readonly SmallConvolution[] Convolutions =
    [
        new(17, 32, Size: 4, Kernel: 3),
        new(24, 20, Size: 4, Kernel: 3),
        new(40, 24, Size: 3, Kernel: 3),
        new(16, 364, Size: 2, Kernel: 3),
        new(3, 24, Size: 7, Kernel: 3, Stride: 2),
        new(36, 20, Size: 5, Kernel: 3, Stride: 2),
        new(20, 28, Size: 3, Kernel: 3, Padding: 0),
        new(20, 30, Size: 4, Kernel: 3, Padding: 6, Dilation: 6),
        new(12, 20, Size: 3, Kernel: 4),
        new(24, 20, Size: 4, Kernel: 1, Padding: 0),
        new(20, 20, Size: 4, Kernel: 3, Groups: 20),
        new(24, 24, Size: 5, Kernel: 5, Stride: 2, Padding: 2, Groups: 24),
    ];

    /// <summary>Number of results that are looked at: the output and two gradients of each.</summary>
    public static int Results => 3 * Convolutions.Length;

    /// <summary>Runs the convolutions and compares their results.</summary>
    /// <param name="switches">Of the libtorch that is loaded.</param>
    /// <param name="way">How the convolutions are asked for.</param>
    /// <returns>What is wrong, the worst first, a few words each; nothing where all is right.</returns>
    public static IReadOnlyList<string> FindWrong(LibTorchSwitches switches, ConvolutionWay way = ConvolutionWay.Plain)
    {
        using var spoiled = switches.SpoilMemory();
        using var caller = inference_mode(false); // the caller may be in inference mode, which has no gradients
        using var gradients = enable_grad();
        var tolerance = way == ConvolutionWay.Bfloat16 ? Bfloat16Tolerance : Tolerance;
        return [.. Convolutions.Where(convolution => convolution.Has(way)).SelectMany(convolution => Compare(convolution, way))
            .Where(result => !(result.Error <= tolerance)).OrderByDescending(result => Worst(result.Error)).Select(result => result.ToString())];
    }

    private static IEnumerable<Result> Compare(SmallConvolution convolution, ConvolutionWay way)
    {
        using var scope = NewDisposeScope();
        var (input, weight) = (Numbers(convolution.InputShape, 1), Numbers(convolution.WeightShape, 2));
        var gradient = Numbers(convolution.OutputShape, 3);
        var x = tensor(input, convolution.InputShape, device: CPU, requires_grad: true);
        var w = tensor(weight, convolution.WeightShape, device: CPU, requires_grad: true);
        var y = way switch
        {
            ConvolutionWay.Tiled => WinogradConvolution.Run(x, w, zeros([convolution.Output], device: CPU), rectify: false, new PassedGradient()),
            ConvolutionWay.ChannelsLast => Convolve(convolution, WinogradConvolution.ChannelsLast(x), w),
            ConvolutionWay.Bfloat16 => Convolve(convolution, x.to(bfloat16), w.to(bfloat16)).to(float32),
            _ => Convolve(convolution, x, w),
        };
        y.backward([tensor(gradient, convolution.OutputShape, device: CPU)]);
        var right = convolution.PlainSums(input, weight, gradient);
        return
        [
            new(convolution, "the output", Error(y.detach(), right.Output)),
            new(convolution, "the gradient of its input", Error(x.grad!, right.InputGradient)),
            new(convolution, "the gradient of its weights", Error(w.grad!, right.WeightGradient)),
        ];
    }

    private static Tensor Convolve(SmallConvolution convolution, Tensor x, Tensor w) => nn.functional.conv2d(
        x, w, strides: [convolution.Stride, convolution.Stride], padding: [convolution.Padding, convolution.Padding],
        dilation: [convolution.Dilation, convolution.Dilation], groups: convolution.Groups);

    private static float[] Numbers(long[] shape, int seed)
    {
        var random = new Random(seed);
        var numbers = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = 2 * random.NextSingle() - 1;
        }
        return numbers;
    }

    /// <summary>The norm of the difference over the norm of what is right.</summary>
    private static double Error(Tensor found, double[] right)
    {
        var numbers = found.data<float>().ToArray();
        double difference = 0, norm = 0;
        for (var i = 0; i < right.Length; i++)
        {
            difference += (numbers[i] - right[i]) * (numbers[i] - right[i]);
            norm += right[i] * right[i];
        }
        return Math.Sqrt(difference / norm);
    }

    private static double Worst(double error) => double.IsNaN(error) ? double.PositiveInfinity : error;

    private sealed record Result(SmallConvolution Convolution, string What, double Error)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{What} of a {Convolution} {(double.IsFinite(Error) ? $"is {100 * Error:G2} % off" : "is not a number")}");
    }
}
