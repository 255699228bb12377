using System.Runtime.Loader;
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

    [Fact]
    public void SecondCopyOfTheLibraryInOneProcess_SaysWhatTheFirstHasFound()
    {
        // As each lesson of a run has one. What the first has mended, the second finds right, and must not take for a machine that was.
        var copy = new AssemblyLoadContext("copy").LoadFromAssemblyPath(typeof(TorchRuntime).Assembly.Location);

        var describe = copy.GetType(typeof(TorchRuntime).FullName!)!.GetMethod(nameof(TorchRuntime.Describe))!;

        describe.Invoke(null, [TorchSharp.torch.CPU]).Should().Be(TorchRuntime.Describe(TorchSharp.torch.CPU));
    }
}
