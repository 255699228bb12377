using System.Diagnostics;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Weights;
using SingleShot.Weights.Tensors;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Torchvision;

/// <summary>torchvision itself, in another process: peer.py under Debian's python3, with files in between.</summary>
public sealed class TorchvisionPeer : IDisposable
{
    private const string Python = "/usr/bin/python3"; // Debian's own: another python3 on the path has no torchvision

    private static readonly Lazy<bool> IsThere = new(() => File.Exists(Python) && Run(["-c", "import torchvision"]).ExitCode == 0);
    private readonly string _folder = Directory.CreateTempSubdirectory("singleshot-torchvision-").FullName;

    /// <summary>Ends the test as skipped where there is no torchvision.</summary>
    public static void SkipIfMissing() =>
        Assert.SkipUnless(IsThere.Value, $"needs torchvision under {Python}: apt-get install python3-torchvision");

    /// <summary>Has torchvision's model do a task of peer.py.</summary>
    /// <param name="task">detect, train or match.</param>
    /// <param name="model">ssd300 or ssdlite320.</param>
    /// <param name="input">What the task takes.</param>
    internal NamedTensors Do(string task, string model, IReadOnlyList<(string Name, Tensor Value)> input)
    {
        var (source, target) = (Path.Combine(_folder, $"{task}-{model}-in.safetensors"), Path.Combine(_folder, $"{task}-{model}-out.safetensors"));
        SafetensorsFile.Write(source, input);
        var (exitCode, error) = Run([Path.Combine(AppContext.BaseDirectory, "Torchvision", "peer.py"), task, model, source, target]);
        Assert.True(exitCode == 0, $"peer.py {task} {model} failed: {error}");
        var content = SafetensorsFile.Read(target);
        File.Delete(target);
        return content;
    }

    /// <summary>A picture's bytes, as peer.py takes them.</summary>
    internal static (string Name, Tensor Value) Picture(int number, RgbImage image) =>
        ($"picture.{number}", tensor(image.Pixels.ToArray(), [image.Height, image.Width, 3], uint8));

    /// <summary>A network with the weights that torchvision's model had; every name has to be there, and no other.</summary>
    internal static SsdNetwork Network(SsdSpecification model, NamedTensors content)
    {
        const string prefix = "weights.";
        var network = new SsdNetwork(model, seed: 0);
        var entries = network.state_dict();
        Assert.Equal(
            content.Tensors.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            entries.Keys.Select(name => prefix + name).Order(StringComparer.Ordinal));
        using var gradients = no_grad();
        foreach (var (name, value) in entries)
        {
            value.copy_(content.Tensors[prefix + name]);
        }
        return network;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (int ExitCode, string Error) Run(string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in KeptMemory.Variables.Append(("OMP_NUM_THREADS", "1"))) // as this process has
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
