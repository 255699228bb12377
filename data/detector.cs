#:project ../lib/SingleShot/SingleShot.csproj
#:project ../lib/SingleShot.Onnx/SingleShot.Onnx.csproj
#:property JsonSerializerIsReflectionEnabledByDefault=true
// A specification is read as JSON, which a program of one file does not do unless told.

using SingleShot.Data.Shapes;
using SingleShot.Detection;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Onnx;
using SingleShot.Training;

// dotnet run data/detector.cs -- [CHECKPOINT]
var data = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFilePath")!)!;
if (args.Length > 1 || args is ["-h" or "--help"])
{
    Console.WriteLine("dotnet run data/detector.cs -- [CHECKPOINT]");
    Console.WriteLine("makes the detector that comes with the workbook, notebooks/shapes-detector.safetensors, of a checkpoint of lesson 5,");
    Console.WriteLine("and the same one as ONNX, lib/SingleShot.Cli/Models/shapes.onnx, for the command and for the book's live detector.");
    Console.WriteLine("  CHECKPOINT  data/runs/shapes.safetensors when left out");
    return 2;
}
var checkpoint = args.ElementAtOrDefault(0) ?? Path.Combine(data, "runs", "shapes.safetensors");
try
{
    using var network = Checkpoint.LoadNetwork(checkpoint);
    var test = ShapesGenerator.Write(Path.Combine(data, "shapes", "val"), count: 300, seed: 2);
    var result = CocoEvaluation.Evaluate(test.ClassNames, DetectorRun.Over(new Detector(network), test).Images);
    var made = Path.Combine(data, "..", "notebooks", "shapes-detector.safetensors");
    var exported = Path.Combine(data, "..", "lib", "SingleShot.Cli", "Models", "shapes.onnx");
    Checkpoint.SaveNetwork(made, network);
    OnnxExport.Write(exported, network.Layers());
    foreach (var file in new[] { made, exported })
    {
        Console.WriteLine($"{Path.GetFullPath(file)}: {new FileInfo(file).Length:N0} bytes");
    }
    Console.WriteLine($"AP {result.AP:F3}, AP50 {result.AP50:F3} on {test.Samples.Count} pictures that it was not trained on");
    return 0;
}
catch (Exception e) when (e is IOException or InvalidDataException)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine("Lesson 5 writes the checkpoint: dotnet run --project lib/Workbook -- run notebooks/05-training.ipynb");
    return 1;
}
