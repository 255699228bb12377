using Microsoft.ML.OnnxRuntime;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Onnx.Format;

namespace SingleShot.Onnx;

/// <summary>An exported model in ONNX Runtime, known to be one when it is there.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    private OnnxModel(string path, InferenceSession session, SsdSpecification specification, OnnxOutputs outputs) =>
        (Path, _session, Specification, Outputs) = (path, session, specification, outputs);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The model, with the detection settings that it was exported with.</summary>
    public SsdSpecification Specification { get; }

    /// <summary>What it gives.</summary>
    public OnnxOutputs Outputs { get; }

    /// <summary>Loads a model.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not an exported model; the message says what it is, and what to do.</exception>
    public static OnnxModel Open(string path, SessionOptions? options)
    {
        using (File.OpenRead(path))
        {
            // ONNX Runtime has one exception for everything; whether the file can be read at all is told better here.
        }
        // Its warnings would name the inputs that may be left out, at each load.
        using var quiet = options is null ? new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR } : null;
        quiet?.AddSessionConfigEntry("session.intra_op.allow_spinning", "0"); // what decodes the predictions needs the cores
        InferenceSession session;
        try
        {
            session = new InferenceSession(path, options ?? quiet);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"{path} is not an ONNX model, or is cut off: {e.Message} Export the network again.", e);
        }
        try
        {
            var (specification, outputs) = Metadata(path, session.ModelMetadata.CustomMetadataMap);
            var model = new OnnxModel(path, session, specification, outputs);
            model.CheckShapes();
            return model;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs the model.</summary>
    /// <param name="images">Pictures of one size, at least one.</param>
    /// <param name="settings">Score threshold and overlap, for a model of detections.</param>
    public OnnxOutputValues Run(IReadOnlyList<RgbImage> images, DetectionSettings settings)
    {
        var (width, height) = (images[0].Width, images[0].Height);
        CheckPicture(images.Count, width, height);
        var pixels = new byte[images.Sum(image => image.Pixels.Length)];
        for (var (i, place) = (0, 0); i < images.Count; place += images[i].Pixels.Length, i++)
        {
            images[i].Pixels.CopyTo(pixels.AsSpan(place));
        }
        using var input = OrtValue.CreateTensorValueFromMemory(pixels, [images.Count, height, width, 3]);
        if (Outputs == OnnxOutputs.Predictions)
        {
            return Run([OnnxNames.Images], [input]);
        }
        using var threshold = OrtValue.CreateTensorValueFromMemory([(float)settings.ScoreThreshold], []);
        using var overlap = OrtValue.CreateTensorValueFromMemory([(float)settings.Overlap], []);
        return Run([OnnxNames.Images, OnnxNames.ScoreThreshold, OnnxNames.Overlap], [input, threshold, overlap]);
    }

    /// <summary>Frees it.</summary>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private OnnxOutputValues Run(IReadOnlyCollection<string> names, IReadOnlyCollection<OrtValue> inputs) =>
        new(_session.OutputNames, _session.Run(_run, names, inputs, _session.OutputNames));

    private static (SsdSpecification Specification, OnnxOutputs Outputs) Metadata(string path, Dictionary<string, string> entries)
    {
        if (!entries.TryGetValue(OnnxNames.Specification, out var json) || !entries.TryGetValue(OnnxNames.Outputs, out var kind)
            || !Enum.TryParse<OnnxOutputs>(kind, out var outputs))
        {
            throw new InvalidDataException(
                $"{path} is an ONNX model, but its metadata has no {OnnxNames.Specification} or no {OnnxNames.Outputs}: it was not exported by SingleShot, "
                + $"or another tool has taken them out. Export the network with {nameof(OnnxExport)}.");
        }
        try
        {
            return (SsdSpecification.FromJson(json), outputs);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: the specification in its metadata cannot be read: {e.Message} Export the network again.", e);
        }
    }

    /// <summary>The names, types and sizes that the metadata promise.</summary>
    private void CheckShapes()
    {
        var model = Specification;
        (string Name, int[] Sides)[] promised = Outputs == OnnxOutputs.Predictions
            ? [(OnnxNames.Offsets, [model.BoxCount, 4]), (OnnxNames.Scores, [model.BoxCount, model.ScoreCount])]
            : [(OnnxNames.Boxes, [-1, 4]), (OnnxNames.Scores, [-1]), (OnnxNames.Labels, [-1]), (OnnxNames.Counts, [])];
        foreach (var (name, sides) in promised)
        {
            var given = _session.OutputMetadata.GetValueOrDefault(name)?.Dimensions;
            if (given is null || given.Length != sides.Length + 1 || sides.Zip(given.Skip(1)).Any(pair => pair.First > 0 && pair.First != pair.Second))
            {
                throw new InvalidDataException(
                    $"{Path}: its metadata are those of {model.Name} for {model.ClassNames.Count} classes, but its output {name} is "
                    + $"{(given is null ? "missing" : $"[{string.Join(", ", given)}]")}. The metadata belong to another model; export the network again.");
            }
        }
        if (!_session.InputMetadata.TryGetValue(OnnxNames.Images, out var images) || images.ElementType != typeof(byte) || images.Dimensions is not [_, _, _, 3])
        {
            throw new InvalidDataException(
                $"{Path} does not take {OnnxNames.Images} as bytes [batch, height, width, 3], as exported models do. Another tool has changed it; export the network again.");
        }
    }

    /// <summary>Some tools fix the sides of a model's input.</summary>
    private void CheckPicture(int count, int width, int height)
    {
        var fixedSides = _session.InputMetadata[OnnxNames.Images].Dimensions;
        if (fixedSides.Zip([count, height, width]).Any(pair => pair.First > 0 && pair.First != pair.Second))
        {
            throw new ArgumentException(
                $"{Path} takes [{string.Join(", ", fixedSides.Select(side => side > 0 ? $"{side}" : "any"))}] (pictures, height, width, 3), and there are {count} of "
                + $"{width} x {height}. Another tool has fixed these sides: give it such pictures, or export the network again.");
        }
    }
}
