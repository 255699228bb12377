using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Runtime;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests;

public class SmokeTests
{
    [Fact]
    public void Torch_Loads()
    {
        TorchRuntime.Describe().Should().StartWith("libtorch 2.10.0");
        var boxes = tensor(new double[] { 0, 0, 1, 2 }).unsqueeze(0);
        BoxFormat.CornersToCenter(boxes).data<double>().ToArray().Should().Equal(.5, 1, 1, 2);
        Console.WriteLine(TorchRuntime.Describe());
    }
}
