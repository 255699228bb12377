using System.Security.Cryptography;
using SingleShot.Detection;
using SingleShot.Models;
using SingleShot.Onnx;

namespace SingleShot.Cli.Models;

/// <summary>A detector that is ready, on the engine that was chosen.</summary>
/// <param name="Detector">The detector.</param>
/// <param name="Engine">What computes.</param>
/// <param name="Path">The file that it was loaded from.</param>
/// <param name="Owner">What to free in the end.</param>
internal sealed record OpenedDetector(IDetector Detector, Engine Engine, string Path, IDisposable Owner) : IDisposable
{
    /// <summary>Loads a model.</summary>
    /// <param name="choice">The model.</param>
    /// <param name="change">What to change of the limits that the model brings along.</param>
    /// <exception cref="UsageException">There is no such model, or the engine does not read it.</exception>
    public static OpenedDetector Open(ModelChoice choice, Func<DetectionSettings, DetectionSettings> change)
    {
        var engine = choice.ChosenEngine;
        if (engine == Engine.Torch)
        {
            var (detector, owner) = TorchModels.Detector(choice, change);
            return new OpenedDetector(detector, engine, TorchModels.FileOf(choice), owner);
        }
        if (choice.IsOnnx)
        {
            var path = choice.OnnxPath;
            if (!File.Exists(path))
            {
                throw new UsageException($"There is no model {path}.");
            }
            var detector = OpenOnnx(path, change);
            return new OpenedDetector(detector, engine, path, detector);
        }
        var folder = Directory.CreateTempSubdirectory("singleshot-");
        try
        {
            var exported = System.IO.Path.Combine(folder.FullName, "model.onnx");
            TorchModels.Export(choice, exported);
            var detector = OpenOnnx(exported, change);
            return new OpenedDetector(detector, engine, TorchModels.FileOf(choice), detector);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What tells this model and this engine from all others: two runs of one identity find the same.</summary>
    public string Identity()
    {
        using var stream = File.OpenRead(Path);
        return $"{Convert.ToHexStringLower(SHA256.HashData(stream))[..16]} on {Engine}";
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => Owner.Dispose();

    private static OnnxDetector OpenOnnx(string path, Func<DetectionSettings, DetectionSettings> change)
    {
        var detector = new OnnxDetector(path);
        var own = detector.Specification.Detection;
        if (change(own) is var changed && changed == own)
        {
            return detector;
        }
        detector.Dispose(); // only the opened model tells what its own limits are
        return new OnnxDetector(path, changed);
    }
}
