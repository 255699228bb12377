using AwesomeAssertions;
using SingleShot.Models;
using Xunit;

namespace SingleShot.Tests.Models;

public class SpecificationRangeTests
{
    private static readonly SsdSpecification Model = Specifications.Small(["cat", "dog"]);

    public static TheoryData<Func<object>, string> Wrong => new()
    {
        { () => Model with { InputSize = 0 }, "InputSize is 0; it has to be at least 1.*" },
        { () => Model with { ClassNames = ["cat", ""] }, "ClassNames[1] is empty*" },
        { () => Model with { Mean = [0.5, 0.5] }, "Mean has 2 items; it has to have 3.*" },
        { () => Model with { Mean = [0.5, 0.5, 127] }, "Mean[2] is 127; it has to be from 0 to 1.*" },
        { () => Model with { StandardDeviation = [0.25, 0, 0.25] }, "StandardDeviation[1] is 0; it has to be above 0.*" },
        { () => Model with { StandardDeviation = [double.NaN, 1, 1] }, "StandardDeviation[0] is NaN; *" },
        { () => new ExtraLayer(0, 64, 3, 2, 1), "Narrow is 0; *" },
        { () => new ExtraLayer(32, 64, 3, 2, -1), "Padding is -1; it has to be at least 0.*" },
        { () => Model.ExtraLayers[0] with { Channels = 0 }, "Channels is 0; *" },
        { () => Model.ExtraLayers[0] with { Kernel = 0 }, "Kernel is 0; *" },
        { () => Model.ExtraLayers[0] with { Stride = 0 }, "Stride is 0; *" },
        { () => Model.ExtraLayers[0] with { Dilation = 0 }, "Dilation is 0; *" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void NumberOutOfItsRange_IsRefusedByName(Func<object> make, string message) =>
        FluentActions.Invoking(make).Should().Throw<ArgumentException>().WithMessage(message);

    [Theory]
    [InlineData("\"InputSize\": 96", "\"InputSize\": -96", "InputSize is -96; ")]
    [InlineData("\"CenterWeight\": 10", "\"CenterWeight\": 0", "CenterWeight is 0; ")]
    [InlineData("\"Overlap\": 0.45", "\"Overlap\": 45", "Overlap is 45; it has to be from 0 to 1.")]
    [InlineData("\"Step\": 8", "\"Step\": -8", "Step is -8; ")]
    [InlineData("\"Narrow\": 32", "\"Narrow\": 0", "Narrow is 0; ")]
    [InlineData("\"cat\"", "\"\"", "ClassNames[0] is empty")]
    public void JsonWithANumberOutOfItsRange_IsNoSpecification(string right, string wrong, string message)
    {
        var json = Model.ToJson();
        json.Should().Contain(right);
        var read = () => SsdSpecification.FromJson(json.Replace(right, wrong, StringComparison.Ordinal));

        read.Should().Throw<InvalidDataException>().WithMessage($"Not a model's specification: {message}*");
    }
}
