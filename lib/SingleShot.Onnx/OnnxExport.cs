using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Google.Protobuf;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Onnx.Format;
using SingleShot.Onnx.Graphs;
using SingleShot.Runtime.Files;
using ElementType = SingleShot.Onnx.Format.TensorProto.Types.DataType;

namespace SingleShot.Onnx;

/// <summary>Writes a network as an ONNX model (operator set 17), which any engine for ONNX runs.</summary>
/// <remarks>
/// The model takes a picture's bytes and gives boxes in its pixels. Resizing, mean and deviation are inside it, as are the default boxes, so
/// that nobody who runs it can get them wrong. A batch is of any number of pictures of one size.
/// </remarks>
public static class OnnxExport
{
    private const int OperatorSet = 17;
    private const int IrVersion = 8; // what came with operator set 17

    /// <summary>Writes the model.</summary>
    /// <param name="path">The file, replaced if it exists; its folder is made.</param>
    /// <param name="network">The network: <c>network.Layers()</c> of an <c>SsdNetwork</c>.</param>
    /// <param name="settings">Which kind of model; detections in float32 when left out.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    /// <exception cref="ArgumentException">A weight is too large for float16; what was there is still there.</exception>
    public static void Write(string path, NetworkLayers network, OnnxExportSettings? settings = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(network);
        var model = Model(network, settings ?? new OnnxExportSettings());
        AtomicFile.MakeFolder(path);
        AtomicFile.Write(path, model.WriteTo);
    }

    private static ModelProto Model(NetworkLayers network, OnnxExportSettings settings)
    {
        var specification = network.Specification with { Detection = settings.Detection ?? network.Specification.Detection };
        var graph = new GraphBuilder(specification.Name);
        var pictures = new PictureGraph(graph);
        var input = pictures.Normalized(specification);
        var type = settings.Precision == OnnxPrecision.Fp16 ? ElementType.Float16 : ElementType.Float;
        var (offsets, scores) = new NetworkGraph(graph, type).Add(network, input);
        if (settings.Outputs == OnnxOutputs.Detections)
        {
            new DetectionGraph(graph, specification).Add(offsets, scores, pictures);
        }
        else
        {
            graph.Output(offsets, OnnxNames.Offsets, "Offsets from each default box, in the specification's coding.");
            graph.Output(scores, OnnxNames.Scores, "A score for each class before the softmax, the background first where it is a class.");
        }
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "SingleShot",
            ProducerVersion = typeof(OnnxExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            DocString = $"{specification.Name}, a Single Shot MultiBox Detector, for {specification.ClassNames.Count} classes.",
            Graph = graph.Graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        model.MetadataProps.AddRange(Metadata(specification, settings));
        return model;
    }

    private static StringStringEntryProto[] Metadata(SsdSpecification specification, OnnxExportSettings settings) =>
    [
        new() { Key = OnnxNames.Specification, Value = specification.ToJson() },
        new() { Key = OnnxNames.ClassNames, Value = JsonSerializer.Serialize(specification.ClassNames) },
        new() { Key = OnnxNames.Mean, Value = JsonSerializer.Serialize(specification.Mean) },
        new() { Key = OnnxNames.StandardDeviation, Value = JsonSerializer.Serialize(specification.StandardDeviation) },
        new() { Key = OnnxNames.InputSize, Value = specification.InputSize.ToString(CultureInfo.InvariantCulture) },
        new() { Key = OnnxNames.Outputs, Value = settings.Outputs.ToString() },
    ];
}
