using System.CommandLine;
using System.Globalization;
using SingleShot.Cli.Models;
using SingleShot.Onnx;
using SingleShot.Runtime.Files;
using SingleShot.Weights;

namespace SingleShot.Cli.Commands;

/// <summary>The command <c>export</c>: a model as a file for other programs.</summary>
internal static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var path = new Argument<string>("file") { Description = "The file to write: .onnx for any engine for ONNX, .pth or .safetensors for PyTorch." };
        var predictions = new Option<bool>("--predictions") { Description = "ONNX: gives offsets and scores of every default box, and leaves the post-processing to whoever runs it." };
        var half = new Option<bool>("--fp16") { Description = "ONNX: weights in float16, half the file." };
        var model = new ModelOptions();
        var command = new Command("export", "Writes a trained model for other programs.") { path, predictions, half };
        model.AddTo(command);
        return host.Run(command, (parsed, report, stop) =>
        {
            var (target, choice) = (parsed.GetValue(path)!, model.Read(parsed));
            var isOnnx = Path.GetExtension(target).Equals(".onnx", StringComparison.OrdinalIgnoreCase);
            if (!isOnnx && (parsed.GetValue(predictions) || parsed.GetValue(half)))
            {
                throw new UsageException($"--predictions and --fp16 are for ONNX models, and {target} does not end in .onnx.");
            }
            using var network = TorchModels.Load(choice);
            if (RealPath.OfEntry(target) == RealPath.Of(TorchModels.FileOf(choice)))
            {
                throw new UsageException($"{target} is the model itself, and what only a training needs would be lost from it: name another file.");
            }
            stop.ThrowIfCancellationRequested(); // nothing is written yet
            if (isOnnx)
            {
                OnnxExport.Write(target, network.Layers(), new OnnxExportSettings(
                    parsed.GetValue(predictions) ? OnnxOutputs.Predictions : OnnxOutputs.Detections, parsed.GetValue(half) ? OnnxPrecision.Fp16 : OnnxPrecision.Fp32));
            }
            else
            {
                AtomicFile.MakeFolder(target);
                PublishedWeights.Save(network, target);
            }
            var bytes = new FileInfo(target).Length;
            report.Line(string.Create(CultureInfo.InvariantCulture, $"{target}: {bytes / 1e6:0.0} MB"));
            report.Event("done", new { Path = target, Bytes = bytes });
            return Task.FromResult(ExitCodes.Done);
        });
    }
}
