using SingleShot.Data.Coco;
using SingleShot.Detection;
using SingleShot.Download;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Onnx;
using SingleShot.Training;
using SingleShot.Weights;
using TorchSharp;

namespace SingleShot.Cli.Models;

/// <summary>Networks for libtorch. Whoever needs no libtorch stays away from here.</summary>
internal static class TorchModels
{
    // By the names that 'singleshot download' knows their weights by.
    private static readonly (string Name, Func<IReadOnlyList<string>, SsdSpecification> Specification)[] Known =
        [("ssd300", Specifications.Ssd300), ("ssdlite320", Specifications.SsdLite320)];

    /// <summary>Names of the models whose weights are published.</summary>
    public static IReadOnlyList<string> Published { get; } = [.. Known.Select(model => model.Name)];

    /// <summary>Path of the file that a model is loaded from.</summary>
    /// <exception cref="UsageException">There is no such file, nor such a name.</exception>
    public static string FileOf(ModelChoice choice)
    {
        var known = Known.FirstOrDefault(model => model.Name == choice.Model);
        var path = known.Name is null ? choice.Model : choice.Weights ?? Downloaded(known.Name, choice.Data);
        return File.Exists(path)
            ? path
            : throw new UsageException(known.Name is null
                ? $"There is no model {choice.Model}: name a file, or one of {ModelChoice.Shapes}, {string.Join(", ", Published)}."
                : $"There are no weights {path}: bring them with 'singleshot download {known.Name} --data {choice.Data}', or name a file with --weights.");
    }

    /// <summary>Loads a network, to the CPU.</summary>
    /// <exception cref="UsageException">There is no such file, nor such a name, or it is an ONNX model.</exception>
    public static SsdNetwork Load(ModelChoice choice)
    {
        if (choice.IsOnnx)
        {
            throw new UsageException($"{choice.Model} is an ONNX model already: name a checkpoint (.safetensors), or one of {string.Join(", ", Published)}.");
        }
        var path = FileOf(choice);
        LibTorch.Require("cpu");
        var known = Known.FirstOrDefault(model => model.Name == choice.Model);
        return known.Name is null ? Checkpoint.LoadNetwork(path) : PublishedWeights.LoadNetwork(known.Specification(CocoClasses.NamesById), path);
    }

    /// <summary>A detector on libtorch.</summary>
    /// <param name="choice">The model.</param>
    /// <param name="change">What to change of the limits that the model brings along.</param>
    public static (IDetector Detector, IDisposable Owner) Detector(ModelChoice choice, Func<DetectionSettings, DetectionSettings> change)
    {
        var network = Load(choice);
        try
        {
            var (device, _) = LibTorch.Require(choice.Device, choice.Process);
            network.to(device);
            return (new Detector(network, change(network.Specification.Detection), device), network);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Writes a network as an ONNX model.</summary>
    public static void Export(ModelChoice choice, string path)
    {
        using var network = Load(choice);
        OnnxExport.Write(path, network.Layers());
    }

    private static string Downloaded(string name, string data)
    {
        var weights = KnownDownload.All.Single(known => known.Name == name).Parts.Single();
        return Path.Combine(data, weights.Folder, weights.File.Name);
    }
}
