using System.Diagnostics;
using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Tests.Torchvision;
using SingleShot.Weights;
using SingleShot.Weights.Naming;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Weights;

/// <summary>Weights go from torchvision to us and back; the other half is round-trip.py.</summary>
[Trait("Needs", "torchvision")]
public sealed class RoundTripTests(ITestOutputHelper output) : IDisposable
{
    private const string Python = "/usr/bin/python3"; // Debian's own, whose torchvision apt-get installs

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WeightsThatWentThroughUs_GiveTorchvisionTheSameBits_AndOthersTheSameOutputs()
    {
        TorchvisionPeer.SkipIfMissing();
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        Script("make");
        string[] classes = [.. Enumerable.Range(1, 90).Select(i => $"class {i}")];
        LoadAndSave(Specifications.Ssd300(classes), "ssd300");
        LoadAndSave(Specifications.SsdLite320(classes), "ssdlite320");
        SaveByOtherNames(Specifications.Ssd300(["a", "b"]), NamingScheme.Amdegroot, "amdegroot-300");
        SaveByOtherNames(Specifications.Ssd512(["a", "b"]), NamingScheme.Lufficc, "lufficc-512");

        Script("judge");
    }

    private void LoadAndSave(SsdSpecification model, string name)
    {
        using var theirs = WeightFile.Read(_folder.File($"{name}-outputs.pth"));
        foreach (var (from, to) in new[] { ($"{name}.pth", $"{name}-ours.pth"), ($"{name}-legacy.pth", $"{name}-ours.safetensors") })
        {
            using var network = PublishedWeights.LoadNetwork(model, _folder.File(from));
            network.eval();

            var (offsets, scores) = network.call(theirs.Tensors["input"]);

            Difference(offsets, theirs.Tensors["offsets"]).Should().BeLessThan(1e-4, from);
            Difference(scores, theirs.Tensors["scores"]).Should().BeLessThan(1e-4, from);
            PublishedWeights.Save(network, _folder.File(to));
        }
    }

    private void SaveByOtherNames(SsdSpecification model, NamingScheme naming, string name)
    {
        using var network = new SsdNetwork(model, seed: 6);
        network.eval();
        var input = randn([1, 3, model.InputSize, model.InputSize], generator: new Generator(7)) * 50;
        var (offsets, scores) = network.call(input);
        PublishedWeights.Save(network, _folder.File($"{name}.pth"), naming);
        WeightFile.Write(_folder.File($"{name}-outputs.pth"), [("input", input), ("offsets", offsets), ("scores", scores)]);
    }

    private static double Difference(Tensor value, Tensor expected) => ((value - expected).abs().max() / expected.abs().max()).item<float>();

    private void Script(string what)
    {
        var (exitCode, text) = Run(Path.Combine(AppContext.BaseDirectory, "Weights", "round-trip.py"), what, _folder.Path);
        output.WriteLine(text);
        exitCode.Should().Be(0, text);
    }

    private static (int ExitCode, string Text) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + errors.GetAwaiter().GetResult());
    }
}
