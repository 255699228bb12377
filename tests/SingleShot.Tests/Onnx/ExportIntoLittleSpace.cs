using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Onnx;
using Xunit;

namespace SingleShot.Tests.Onnx;

/// <summary>What <see cref="OnnxExportTests"/> runs in a process whose files may not grow large.</summary>
public class ExportIntoLittleSpace
{
    public const string Target = "SINGLESHOT_TEST_EXPORT";

    [Fact]
    public void Export_SaysThatTheFileCannotBeWritten()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Target) is { Length: > 0 }, "is run by another test");
        var path = Environment.GetEnvironmentVariable(Target)!;
        using var network = new SsdNetwork(Specifications.Small(["cat"]), seed: 1);

        FluentActions.Invoking(() => OnnxExport.Write(path, network.Layers())).Should().Throw<IOException>().WithMessage($"{path} cannot be written:*");
    }
}
