using AwesomeAssertions;
using Xunit;

namespace SingleShot.Tests.Runtime.Native;

public class LibTorchSwitchesTests
{
    [Fact]
    public async Task WarningOfLibtorch_IsNotWritten()
    {
        var (exit, text) = await TestProcess.RunAsync(nameof(InnerGradientTests));
        exit.Should().Be(0, text);
        text.Should().NotContain("Warning");
    }

    [Fact]
    public async Task WarningOfLibtorch_IsWrittenWhereItIsAskedFor()
    {
        var (exit, text) = await TestProcess.RunAsync(nameof(InnerGradientTests), ("TORCH_CPP_LOG_LEVEL", "WARNING"));
        exit.Should().Be(0, text);
        text.Should().Contain("Warning").And.Contain("not a leaf Tensor");
    }
}
