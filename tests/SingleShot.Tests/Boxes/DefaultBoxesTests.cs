using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Models;
using Xunit;

namespace SingleShot.Tests.Boxes;

public class DefaultBoxesTests
{
    [Fact]
    public void OneByOneMap_GivesFourBoxesWorkedByHand()
    {
        // Scale 0.5, next 0.72: the extra square has the side sqrt(0.36) = 0.6; ratio 4 doubles and halves the side.
        var boxes = new DefaultBoxes([new FeatureMap(1, 100, 0.5, 0.72, [4])], 100);

        boxes.Select(box => (box.CenterX, box.CenterY)).Should().AllBeEquivalentTo((0.5, 0.5));
        boxes.ToTensor(TorchSharp.torch.float64).Numbers().Should().BeApproximately(
            [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.6, 0.6, 0.5, 0.5, 1, 0.25, 0.5, 0.5, 0.25, 1], 1e-7);
    }

    [Fact]
    public void Ssd300_HasTorchvisionsBoxes()
    {
        var boxes = Specifications.Ssd300(["thing"]).DefaultBoxes();

        boxes.Count.Should().Be(8732);
        var first = boxes[0].On(300, 300);
        new[] { first.Left, first.Top, first.Right, first.Bottom }.Should().BeApproximately([-6.5, -6.5, 14.5, 14.5]);
        boxes.Select(box => box.On(300, 300)).Sum(box => box.Left + box.Top + box.Right + box.Bottom).Should().BeApproximately(5_332_736.0017, 0.01);
    }

    [Fact]
    public void Ssd512_Has24564Boxes() => Specifications.Ssd512(["thing"]).DefaultBoxes().Count.Should().Be(24_564);

    [Fact]
    public void EveryBox_KnowsItsPlace()
    {
        var specification = Specifications.Ssd300(["thing"]);
        var boxes = specification.DefaultBoxes();

        boxes.Select(box => box.Index).Should().Equal(Enumerable.Range(0, boxes.Count));
        boxes.CountBy(box => box.Map).Select(count => count.Value).Should().Equal(5776, 2166, 600, 150, 36, 4);
        boxes[5776 + 6].Should().Match<DefaultBox>(box => box.Map == 1 && box.Row == 0 && box.Column == 1);
    }

    [Theory]
    [InlineData(0, 8, 0.1, 0.2, 2, "Size is 0; it has to be at least 1.*")]
    [InlineData(1, 0, 0.1, 0.2, 2, "Step is 0; it has to be above 0.*")]
    [InlineData(1, 8, -0.1, 0.2, 2, "Scale is -0.1; *")]
    [InlineData(1, 8, 0.1, double.NaN, 2, "NextScale is NaN; *")]
    [InlineData(1, double.PositiveInfinity, 0.1, 0.2, 2, "Step is Infinity; *")]
    [InlineData(1, 8, 0.1, 0.2, 0, "AspectRatios[1] is 0; *")]
    public void MapWithoutSense_IsRefusedByItsNumber(int size, double step, double scale, double next, double ratio, string message)
    {
        var make = () => new FeatureMap(size, step, scale, next, [2, ratio]);
        var change = () => new FeatureMap(1, 8, 0.1, 0.2, []) with { Size = size, Step = step, Scale = scale, NextScale = next, AspectRatios = [2, ratio] };

        make.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
        change.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }
}
