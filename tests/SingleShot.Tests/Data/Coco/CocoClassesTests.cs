using AwesomeAssertions;
using SingleShot.Data.Coco;
using Xunit;

namespace SingleShot.Tests.Data.Coco;

public class CocoClassesTests
{
    [Fact]
    public void EightyNames_InTheOrderOfTheirIds()
    {
        CocoClasses.Names.Should().HaveCount(80).And.OnlyHaveUniqueItems();
        CocoClasses.NamesById.Should().HaveCount(90).And.OnlyHaveUniqueItems();
        CocoClasses.NamesById.Where(CocoClasses.Names.Contains).Should().Equal(CocoClasses.Names);
    }

    [Theory]
    [InlineData(1, "person")]
    [InlineData(11, "fire hydrant")]
    [InlineData(13, "stop sign")]
    [InlineData(44, "bottle")]
    [InlineData(62, "chair")]
    [InlineData(90, "toothbrush")]
    public void Id_HasItsName(int id, string name) => CocoClasses.NamesById[id - 1].Should().Be(name);
}
