using AwesomeAssertions;
using SingleShot.Runtime;
using Xunit;

namespace SingleShot.Tests.Runtime;

public class TorchRuntimeTests
{
    [Fact]
    public void Describe_SaysVersionsDeviceThreadsAndPrecision() => TorchRuntime.Describe(TorchSharp.torch.CPU).Should()
        .MatchRegex(@"^libtorch \d+\.\d+\.\d+\S* \(TorchSharp \d+\.\d+\.\d+\) on cpu, (1 thread|\d+ threads), float32(;.*)?$").And.NotContain("\n");
}
