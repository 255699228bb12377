using AwesomeAssertions;
using CsCheck;
using SingleShot.Images;
using SingleShot.Runtime;
using SingleShot.Tests.Data;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Images;

public class ImageTensorTests
{
    private static readonly double[] Zero = [0, 0, 0];
    private static readonly double[] One = [1, 1, 1];
    private static readonly double[] Mean = [0.48235, 0.45882, 0.40784];
    private static readonly double[] Deviation = [1 / 255.0, 1 / 255.0, 1 / 255.0];

    [Fact]
    public void From_TwoByTwoToFourByFour_InterpolatesAsByHand()
    {
        // Red 0 and 1 above, 0 and 1 below; green 0 above and 1 below; blue 1 everywhere. Output centers lie at 0, .25, .75 and 1.
        var image = new RgbImage(2, 2, [0, 0, 255, 255, 0, 255, 0, 255, 255, 255, 255, 255]);
        using var scope = NewDisposeScope();
        var result = ImageTensor.From(image, 4, Zero, One);
        result.shape.Should().Equal(3, 4, 4);
        float[] ramp = [0, .25f, .75f, 1];
        result[0].data<float>().ToArray().Should().Equal([.. ramp, .. ramp, .. ramp, .. ramp]);
        result[1].data<float>().ToArray().Should().Equal(ramp.SelectMany(value => Enumerable.Repeat(value, 4)));
        result[2].data<float>().ToArray().Should().OnlyContain(value => value == 1);
    }

    [Fact]
    public void From_SameSize_OnlyNormalizes()
    {
        using var result = ImageTensor.From(new RgbImage(1, 1, [255, 51, 0]), 1, [.5, .2, .1], [.25, .5, 1]);
        var values = result.data<float>().ToArray();
        values[0].Should().BeApproximately(2, 1e-6f);
        values[1].Should().BeApproximately(0, 1e-6f);
        values[2].Should().BeApproximately(-.1f, 1e-6f);
    }

    [Theory]
    [InlineData(double.NaN, 1, ScalarType.Float32)]
    [InlineData(0, 1e-50, ScalarType.Float32)] // nothing, as float32
    [InlineData(0, 1e-6, ScalarType.Float16)] // a million is more than it holds
    [InlineData(double.PositiveInfinity, 1, ScalarType.Float64)]
    public void From_MeanOrDeviationThatMakesPixelsNotFinite_IsRefused(double mean, double deviation, ScalarType type) =>
        FluentActions.Invoking(() => ImageTensor.From(new RgbImage(1, 1, [255, 51, 0]), 1, [mean, 0, 0], [deviation, 1, 1], type))
            .Should().Throw<ArgumentException>().WithMessage("A pixel less the mean*would be NaN or infinite as *");

    [Theory]
    [InlineData(ScalarType.Float32, 1e-5 * 150)] // values go up to 150 here
    [InlineData(ScalarType.Float64, 1e-11)]
    public void From_AnySize_AgreesWithTorchsInterpolation(ScalarType type, double tolerance) =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 70], Gen.Int[1, 64], Gen.Int).Sample((width, height, size, seed) =>
        {
            using var scope = NewDisposeScope();
            var image = Pictures.Noise(width, height, seed);
            var pixels = tensor(image.Pixels.ToArray(), [height, width, 3]).permute(2, 0, 1).to(type) / 255;
            var normalized = (pixels - tensor(Mean, type).view(3, 1, 1)) / tensor(Deviation, type).view(3, 1, 1);
            var expected = nn.functional.interpolate(
                normalized.unsqueeze(0), [size, size], mode: InterpolationMode.Bilinear, align_corners: false)[0];
            return (ImageTensor.From(image, size, Mean, Deviation, type) - expected).abs().max().to(float64).item<double>() < tolerance;
        }, iter: 200);

    [Fact]
    public void From_ForAHalfNetwork_RoundsWhatFloat32Gives()
    {
        using var scope = NewDisposeScope();
        var image = Pictures.Noise(20, 10, seed: 1);

        var half = ImageTensor.From(image, 8, Mean, Deviation, ScalarType.BFloat16);

        half.dtype.Should().Be(ScalarType.BFloat16);
        half.eq(ImageTensor.From(image, 8, Mean, Deviation).to(ScalarType.BFloat16)).all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void From_ManyTimes_LeavesNoTensors()
    {
        var image = Pictures.Noise(20, 10, seed: 1);
        var before = LiveTensors.Count;
        for (var i = 0; i < 50; i++)
        {
            using var result = ImageTensor.From(image, 8, Mean, Deviation);
        }
        LiveTensors.Count.Should().Be(before);
    }

    [Fact]
    public void From_DeviationOfZero_SaysSo()
    {
        var from = () => ImageTensor.From(Pictures.Plain(1, 1, 0, 0, 0), 1, Zero, [1, 0, 1]);
        from.Should().Throw<ArgumentException>().WithMessage("*[1, 0, 1]*");
    }
}
