using AwesomeAssertions;
using CsCheck;
using SingleShot.Winograd;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Winograd;

[Collection(nameof(AllThreads))] // one test changes the number of threads
public class WinogradConvolutionTests
{
    private const double Rounding = 3e-6; // of float32, by norm: three times what 512 channels come to

    private static readonly Gen<Shape> Shapes =
        from pictures in Gen.Int[1, 3]
        from inputs in Gen.Int[1, 70]
        from outputs in Gen.Int[1, 70]
        from height in Gen.Int[1, 13]
        from width in Gen.Int[1, 13]
        from rectify in Gen.Bool
        from seed in Gen.ULong[1, 1000]
        select new Shape(pictures, inputs, outputs, height, width, rectify, seed);

    private delegate Tensor Convolution(Tensor input, Tensor weight, Tensor bias, bool rectify, PassedGradient passed);

    [Fact]
    public void OnesConvolvedWithOnes_GiveTheNumberOfCellsUnderTheKernel()
    {
        Assert.SkipUnless(WinogradConvolution.IsSupported, "This processor has no AVX2.");
        using var scope = NewDisposeScope();

        var found = WinogradConvolution.Run(ones(1, 1, 5, 5), ones(1, 1, 3, 3), tensor(new[] { 100f }), rectify: false, new PassedGradient());

        Closeness.Numbers(found).Should().BeApproximately(
        [
            104, 106, 106, 106, 104,
            106, 109, 109, 109, 106,
            106, 109, 109, 109, 106,
            106, 109, 109, 109, 106,
            104, 106, 106, 106, 104,
        ], 1e-4);
    }

    [Theory]
    [InlineData(nameof(SixteenLanes))]
    [InlineData(nameof(EightLanes))]
    public void AnyShape_GivesThePlainResult_AndItsGradients(string lanes)
    {
        var convolution = With(lanes);
        Shapes.Sample(shape =>
        {
            using var scope = NewDisposeScope();
            shape.Compare(convolution);
        }, iter: 60, threads: 1);
    }

    [Theory]
    [InlineData(nameof(SixteenLanes), 2, 64, 150, 75, 80)] // more tiles than are transformed at once
    [InlineData(nameof(EightLanes), 2, 64, 150, 75, 80)]
    [InlineData(nameof(SixteenLanes), 1, 512, 364, 38, 38)] // more outputs than tiles
    [InlineData(nameof(EightLanes), 1, 512, 364, 38, 38)]
    public void LargeMapsAndManyChannels_GiveThePlainResult_AndItsGradients(string lanes, int pictures, int inputs, int outputs, int height, int width)
    {
        using var scope = NewDisposeScope();
        new Shape(pictures, inputs, outputs, height, width, Rectify: true, Seed: 5).Compare(With(lanes));
    }

    [Fact]
    public void OneThreadAndTwo_GiveTheSameBits()
    {
        Assert.SkipUnless(WinogradConvolution.IsSupported, "This processor has no AVX2.");
        using var scope = NewDisposeScope();
        var shape = new Shape(2, 48, 80, 38, 38, Rectify: true, Seed: 9);
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            var one = shape.Pass(WinogradConvolution.Run);
            set_num_threads(2);
            var two = shape.Pass(WinogradConvolution.Run);

            two.Zip(one).Should().OnlyContain(pair => pair.First.Equals(pair.Second));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void NotANumber_StaysOne_ThroughTheReLU()
    {
        Assert.SkipUnless(WinogradConvolution.IsSupported, "This processor has no AVX2.");
        using var scope = NewDisposeScope();
        var input = zeros(1, 16, 12, 12);
        input[0, 3, 1, 1] = tensor(float.NaN);

        var found = WinogradConvolution.Run(input, ones(16, 16, 3, 3), zeros(16), rectify: true, new PassedGradient());

        found[0, 0, 1, 1].isnan().ToBoolean().Should().BeTrue();
        found[0, 0, 11, 11].ToDouble().Should().Be(0, "no kernel reaches so far");
    }

    [Theory]
    [InlineData(64, 3, 1, 1, 1, 1, true, true)]
    [InlineData(32, 3, 1, 1, 1, 1, true, false)]
    [InlineData(64, 1, 1, 0, 1, 1, true, false)]
    [InlineData(64, 3, 2, 1, 1, 1, true, false)]
    [InlineData(64, 3, 1, 0, 1, 1, true, false)]
    [InlineData(64, 3, 1, 6, 6, 1, true, false)]
    [InlineData(64, 3, 1, 1, 1, 64, true, false)]
    [InlineData(64, 3, 1, 1, 1, 1, false, false)]
    public void OnlyThreeByThreeOfManyChannels_Suits(int channels, int kernel, int stride, int padding, int dilation, int groups, bool bias, bool suits)
    {
        using var layer = nn.Conv2d(channels, 64, kernel, stride, padding, dilation, groups: groups, bias: bias);

        WinogradConvolution.Suits(layer).Should().Be(suits);
    }

    private static Convolution With(string lanes)
    {
        Assert.SkipUnless(lanes == nameof(SixteenLanes) ? System.Runtime.Intrinsics.X86.Avx512F.IsSupported : WinogradConvolution.IsSupported, $"This processor has no {lanes}.");
        return lanes == nameof(SixteenLanes) ? WinogradConvolution.Run<SixteenLanes> : WinogradConvolution.Run<EightLanes>;
    }

    /// <summary>A convolution of random maps with random weights.</summary>
    private sealed record Shape(int Pictures, int Inputs, int Outputs, int Height, int Width, bool Rectify, ulong Seed)
    {
        /// <summary>The output, and the gradients of input, weights and bias.</summary>
        public Tensor[] Pass(Convolution convolution)
        {
            var (input, weight, bias, gradient) = Numbers();
            var output = convolution(input, weight, bias, Rectify, new PassedGradient());
            output.backward([gradient]);
            return [output.detach(), input.grad!, weight.grad!, bias.grad!];
        }

        /// <summary>Holds the results against libtorch's in float64.</summary>
        public void Compare(Convolution convolution)
        {
            var found = Pass(convolution);
            var (input, weight, bias, gradient) = Numbers(ScalarType.Float64);
            var output = nn.functional.conv2d(input, weight, bias, padding: [1, 1]);
            if (Rectify)
            {
                output *= found[0].gt(0).to(float64); // what is nearly 0 may be rounded to either side of it
            }
            output.backward([gradient]);
            foreach (var (what, (ours, right)) in new[] { "output", "input", "weights", "bias" }.Zip(found.Zip([output.detach(), input.grad!, weight.grad!, bias.grad!])))
            {
                // Each number is a sum of products that are about 1; where they cancel out, their rounding stays.
                var norm = Math.Max(right.norm().ToDouble(), Math.Sqrt(right.numel()));
                (ours.to(float64) - right).norm().ToDouble().Should().BeLessThanOrEqualTo(Rounding * norm, $"{what} of {this}");
            }
        }

        private (Tensor Input, Tensor Weight, Tensor Bias, Tensor Gradient) Numbers(ScalarType type = ScalarType.Float32)
        {
            using var generator = new Generator(Seed);
            Tensor Random(params long[] shape) => randn(shape, generator: generator).to(type);
            return (
                Random(Pictures, Inputs, Height, Width).requires_grad_(), Random(Outputs, Inputs, 3, 3).requires_grad_(), Random(Outputs).requires_grad_(),
                Random(Pictures, Outputs, Height, Width));
        }
    }
}
