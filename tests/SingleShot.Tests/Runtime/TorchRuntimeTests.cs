using AwesomeAssertions;
using SingleShot.Runtime;
using Xunit;

namespace SingleShot.Tests.Runtime;

public class TorchRuntimeTests(ITestOutputHelper output)
{
    [Fact]
    public void Describe_SaysVersionsDeviceThreadsPrecisionAndWhetherConvolutionsAreRight()
    {
        var line = TorchRuntime.Describe(TorchSharp.torch.CPU);

        output.WriteLine(line);
        line.Should().MatchRegex(@"^libtorch \d+\.\d+\.\d+\S* \(TorchSharp \d+\.\d+\.\d+\) on cpu, (1 thread|\d+ threads), float32; convolutions .*$").And.NotContain("\n");
    }
}
