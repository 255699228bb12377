using AwesomeAssertions;
using CsCheck;
using SingleShot.Boxes;
using Xunit;
using static SingleShot.Tests.TensorLiterals;

namespace SingleShot.Tests.Boxes;

public class BoxCoderTests
{
    private static readonly Gen<double[]> CenterBox = Gen.Select(
        Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0.02, 1], Gen.Double[0.02, 1], (x, y, w, h) => new[] { x, y, w, h });

    [Fact]
    public void Encode_OfABoxWorkedByHand_GivesThePapersOffsets()
    {
        var defaults = Rows([0.5, 0.5, 0.2, 0.4]);
        var box = Rows([0.5, 0.5, 0.7, 0.9]); // center (0.6, 0.7), size (0.2, 0.4)

        BoxCoder.Plain.Encode(box, defaults).Numbers().Should().BeApproximately([0.5, 0.5, 0, 0]);
        BoxCoder.WithVariances.Encode(box, defaults).Numbers().Should().BeApproximately([5, 5, 0, 0]);
    }

    [Fact]
    public void Encode_OfABoxTwiceAsLarge_GivesItsLogarithm()
    {
        var defaults = Rows([0.5, 0.5, 0.2, 0.2]);
        var box = Rows([0.3, 0.4, 0.7, 0.6]); // twice as wide

        BoxCoder.WithVariances.Encode(box, defaults).Numbers().Should().BeApproximately([0, 0, 5 * Math.Log(2), 0]);
    }

    [Fact]
    public void Decode_IsTheInverseOfEncode() => Gen.Select(CenterBox, CenterBox, Gen.Bool).Sample((box, defaultBox, plain) =>
    {
        var coder = plain ? BoxCoder.Plain : BoxCoder.WithVariances;
        var (corners, defaults) = (BoxFormat.CenterToCorners(Rows(box)), Rows(defaultBox));
        coder.Decode(coder.Encode(corners, defaults), defaults).Numbers().Should().BeApproximately(corners.Numbers());
    }, iter: 200);

    [Fact]
    public void Decode_OfAWildGuess_StaysFinite()
    {
        var box = BoxCoder.Plain.Decode(Rows([0, 0, 1e9, 1e9]), Rows([0.5, 0.5, 0.1, 0.1])).Numbers();

        (box[2] - box[0]).Should().BeApproximately(6.25, 1e-9); // 62.5 times the default box's width
    }

    [Theory]
    [InlineData(0, 1, "CenterWeight is 0; it has to be above 0.*")]
    [InlineData(1, double.NaN, "SizeWeight is NaN; *")]
    public void WeightThatIsNotAboveZero_IsRefusedByName(double center, double size, string message)
    {
        FluentActions.Invoking(() => new BoxCoder(center, size)).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
        FluentActions.Invoking(() => BoxCoder.Plain with { CenterWeight = center, SizeWeight = size })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }
}
