using System.Globalization;
using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Runtime;
using SingleShot.Runtime.Native;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Networks;

/// <summary>float32, by the fast convolutions of this machine, beside float64, which has slow ones of its own; in memory that held NaN.</summary>
[Collection(nameof(AllThreads))]
public class PrecisionTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 90).Select(i => $"class {i}")]; // heads of 91, as COCO has them

    public static TheoryData<string> Models => ["small 96", "small 192", "small 384", "SSD300", "SSD512", "SSDLite320"];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task EachNetwork_GivesWhatFloat64Gives_AndTheSameBitsAgain(string name)
    {
        using var spoiled = TorchRuntime.Switches.SpoilMemory();
        var model = Model(name);
        var (right, found, again) = await MainHeap.Run(() => (Run(model, float64), Run(model, float32), Run(model, float32)));

        found.Keys.Should().Equal(right.Keys);
        foreach (var (what, value) in found)
        {
            Closeness.Error(value, right[what]).Should().BeLessThan(Tolerance(what), $"{what} is to be float64's");
            value.ToArray().AsSpan().SequenceEqual(again[what]).Should().BeTrue($"{what} is to be the same again");
        }
    }

    private static SsdSpecification Model(string name) => name.Split(' ') switch
    {
        ["small", var size] => Specifications.Small(Names[..4], int.Parse(size, CultureInfo.InvariantCulture)),
        ["SSD300"] => Specifications.Ssd300(Names),
        ["SSD512"] => Specifications.Ssd512(Names),
        _ => Specifications.SsdLite320(Names),
    };

    // torchvision's own float32 keeps to these. Between a parameter and the predictions are units at 0 or 6, where a gradient ends: one that
    // rounding puts on the other side changes much. There are none after the scaling and the last convolutions.
    private static double Tolerance(string what) => what.Split('.') switch
    {
        ["offsets"] or ["scores"] => 1e-4,
        ["backbone", "scale_weight"] or ["head", _, "module_list", _, _] or ["head", _, "module_list", _, "1", _] => 1e-5,
        _ => 1e-2,
    };

    /// <summary>Predictions for pictures of noise, and the gradient of each parameter of a sum that weighs each prediction.</summary>
    private static Dictionary<string, double[]> Run(SsdSpecification model, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(model, seed: 1);
        network.to(type);
        network.eval();
        using var generator = new Generator(2);
        var pictures = model.InputSize > 400 ? 1 : 2; // float64 takes its time
        var input = randn([pictures, 3, model.InputSize, model.InputSize], generator: generator).to(type);
        var (offsets, scores) = network.call(input);
        var total = (offsets * randn(offsets.shape, generator: generator).to(type)).sum() + (scores * randn(scores.shape, generator: generator).to(type)).sum();
        total.backward();
        var numbers = new Dictionary<string, double[]> { ["offsets"] = Closeness.Numbers(offsets), ["scores"] = Closeness.Numbers(scores) };
        foreach (var (name, parameter) in network.named_parameters())
        {
            numbers[name] = Closeness.Numbers(parameter.grad!);
        }
        return numbers;
    }
}
