using AwesomeAssertions;
using SingleShot.Data;
using Xunit;

namespace SingleShot.Tests.Data;

public class DataSetTests
{
    private static readonly DataSet Two = new("mine", ["cat"], [new Sample("a", "a.jpg", 9, 9, []), new Sample("b", "b.jpg", 9, 9, [])], []);

    [Fact]
    public void Image_ByItsNumber() => Two[1].Id.Should().Be("b");

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void Image_OfANumberThatIsNotThere_SaysHowManyThereAre(int number) =>
        FluentActions.Invoking(() => Two[number]).Should().Throw<ArgumentOutOfRangeException>().WithMessage($"There is no image {number}: mine has 2, numbered from 0 to 1.*");
}
