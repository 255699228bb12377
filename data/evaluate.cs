#:project ../lib/SingleShot/SingleShot.csproj

using System.Diagnostics;
using SingleShot.Data.Coco;
using SingleShot.Detection;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Models;
using SingleShot.Runtime;
using SingleShot.Weights;
using SingleShot.Weights.Tensors;
using TorchSharp;

// dotnet run data/evaluate.cs -- MODEL [WEIGHTS] [COCO] [SPLIT]
var data = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFilePath")!)!;
(string Name, SsdSpecification Specification, string Weights)[] models =
[
    ("ssd300", Specifications.Ssd300(CocoClasses.NamesById), "ssd300_vgg16_coco-b556d3b4.pth"),
    ("ssdlite320", Specifications.SsdLite320(CocoClasses.NamesById), "ssdlite320_mobilenet_v3_large_coco-a79551df.pth"),
];
if (args.Length is 0 or > 4 || !models.Any(model => model.Name == args[0]))
{
    Console.WriteLine("dotnet run data/evaluate.cs -- MODEL [WEIGHTS] [COCO] [SPLIT]");
    Console.WriteLine("scores weights on COCO as pycocotools does, and writes the detections in COCO's results format.");
    Console.WriteLine($"  MODEL    {string.Join(" or ", models.Select(model => model.Name))}");
    Console.WriteLine("  WEIGHTS  a .pth or .safetensors file; torchvision's in data/weights when left out");
    Console.WriteLine("  COCO     the folder with annotations/ and the images; data/coco when left out");
    Console.WriteLine("  SPLIT    val2017 when left out");
    return 2;
}
var (name, specification, published) = models.Single(model => model.Name == args[0]);
var weights = args.ElementAtOrDefault(1) ?? Path.Combine(data, "weights", published);
var coco = args.ElementAtOrDefault(2) ?? Path.Combine(data, "coco");
var split = args.ElementAtOrDefault(3) ?? "val2017";
try
{
    var file = Path.Combine(coco, "annotations", $"instances_{split}.json");
    var annotations = CocoAnnotations.Read(file);
    var images = CocoReader.Read(file, Path.Combine(coco, split));
    using var network = PublishedWeights.LoadNetwork(specification, weights);
    var device = ComputeDevice.Best();
    network.to(device);
    Console.WriteLine($"{name}, {Path.GetFileName(weights)}, {images.Samples.Count} images of {split}, {device}");
    var clock = Stopwatch.StartNew();
    var run = DetectorRun.Over(new Detector(network, device: device), images);
    Console.WriteLine($"detected in {clock.Elapsed.TotalSeconds:0} s, {clock.Elapsed.TotalSeconds / run.Images.Count:0.000} s an image");
    var results = CocoEvaluation.ToResults(run.Images, annotations);
    var written = Path.Combine(data, "runs", $"{name}-{split}.json");
    Directory.CreateDirectory(Path.GetDirectoryName(written)!);
    results.Write(written);
    Console.WriteLine(CocoEvaluation.Evaluate(annotations, results));
    Console.WriteLine($"The detections are in {written}");
    return 0;
}
catch (Exception e) when (e is IOException or InvalidDataException or WeightFileException)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine($"What is needed: dotnet run data/download.cs -- coco2017-val {name}");
    return 1;
}
