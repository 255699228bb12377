using Microsoft.ML.OnnxRuntime;
using SingleShot.Boxes;
using SingleShot.Detection;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Onnx.Format;

namespace SingleShot.Onnx;

/// <summary>The detector on ONNX Runtime: an exported model put to use, without libtorch.</summary>
/// <remarks>It gives what <c>Detector</c> gives, in the same records. Several threads may detect at once.</remarks>
public sealed class OnnxDetector : IDetector, IDisposable
{
    private readonly OnnxModel _model;
    private readonly DetectionSettings _settings;
    private readonly PlainDecoder _decoder;

    /// <summary>Loads a model that <see cref="OnnxExport"/> wrote, of either kind of outputs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">
    /// What to keep; what the model was exported with when left out. A model of detections has its limits built in: the candidates of a class
    /// cannot be changed, and of the detections of an image there can only be fewer.
    /// </param>
    /// <param name="classNames">The classes that the caller counts on, for a model of others to be refused; not looked at when left out.</param>
    /// <param name="options">ONNX Runtime's own options, such as threads or a GPU, which stay the caller's; the CPU with all its cores when left out.</param>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not an ONNX model, is cut off, was not exported by this library, or is of other classes; the message says which, and what to do.
    /// </exception>
    /// <exception cref="ArgumentException">The settings ask for more than a model of detections has built in.</exception>
    public OnnxDetector(string path, DetectionSettings? settings = null, IReadOnlyList<string>? classNames = null, SessionOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _model = OnnxModel.Open(path, options);
        try
        {
            _settings = settings ?? Specification.Detection;
            _decoder = new PlainDecoder(Specification, _settings);
            CheckClasses(classNames);
            CheckLimits();
        }
        catch
        {
            _model.Dispose();
            throw;
        }
    }

    /// <summary>The model.</summary>
    public SsdSpecification Specification => _model.Specification;

    /// <summary>Names of the classes that the detections' labels stand for.</summary>
    public IReadOnlyList<string> ClassNames => Specification.ClassNames;

    /// <summary>Finds the objects in one picture.</summary>
    /// <param name="image">The picture, of any size.</param>
    /// <returns>Detections in the picture's pixels, best first.</returns>
    /// <exception cref="InvalidOperationException">The network's predictions hold NaN or infinity.</exception>
    public IReadOnlyList<DetectedObject> Detect(RgbImage image) => Detect([image])[0];

    /// <summary>Finds the objects in several pictures; those of one size go through the network together.</summary>
    /// <param name="images">The pictures, each of any size.</param>
    /// <returns>For each picture its detections, in its pixels, best first.</returns>
    /// <exception cref="InvalidOperationException">The network's predictions hold NaN or infinity; the message says for which picture.</exception>
    public IReadOnlyList<IReadOnlyList<DetectedObject>> Detect(IReadOnlyList<RgbImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var found = new IReadOnlyList<DetectedObject>[images.Count];
        foreach (var group in images.Index().GroupBy(picture => (picture.Item.Width, picture.Item.Height)))
        {
            int[] places = [.. group.Select(picture => picture.Index)];
            using var outputs = _model.Run([.. group.Select(picture => picture.Item)], _settings);
            for (var i = 0; i < places.Length; i++)
            {
                found[places[i]] = (_model.Outputs == OnnxOutputs.Detections ? Finished(outputs, i) : Decoded(outputs, i, group.Key))
                    ?? throw new InvalidOperationException(
                        $"Nothing can be detected in picture {places[i]} of {images.Count}: the predictions of {_model.Path} hold NaN or infinity. "
                        + "If it is a float16 model, export the network in float32.");
            }
        }
        return found;
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => _model.Dispose();

    /// <summary>What a model of detections gave for one picture; null where it is not finite.</summary>
    private DetectedObject[]? Finished(OnnxOutputValues outputs, int picture)
    {
        var count = outputs.Row<long>(OnnxNames.Counts, picture)[0];
        if (count < 0)
        {
            return null;
        }
        var boxes = outputs.Row<float>(OnnxNames.Boxes, picture);
        var scores = outputs.Row<float>(OnnxNames.Scores, picture);
        var labels = outputs.Row<long>(OnnxNames.Labels, picture);
        var found = new DetectedObject[Math.Min(count, _settings.DetectionsPerImage)];
        for (var i = 0; i < found.Length; i++)
        {
            var corners = boxes.Slice(4 * i, 4);
            var label = (int)labels[i];
            found[i] = new DetectedObject(new BoundingBox(corners[0], corners[1], corners[2], corners[3]), label, ClassNames[label], scores[i]);
        }
        return found;
    }

    /// <summary>What a model of predictions gave for one picture, decoded; null where it is not finite.</summary>
    private IReadOnlyList<DetectedObject>? Decoded(OnnxOutputValues outputs, int picture, (int Width, int Height) size)
    {
        var offsets = outputs.Row<float>(OnnxNames.Offsets, picture);
        var scores = outputs.Row<float>(OnnxNames.Scores, picture);
        return PlainDecoder.AreFinite(offsets) && PlainDecoder.AreFinite(scores) ? _decoder.DecodeFinite(offsets, scores, size.Width, size.Height) : null;
    }

    private void CheckClasses(IReadOnlyList<string>? wanted)
    {
        if (wanted is null || wanted.SequenceEqual(ClassNames))
        {
            return;
        }
        var place = wanted.Zip(ClassNames).TakeWhile(pair => pair.First == pair.Second).Count();
        throw new InvalidDataException(
            $"{_model.Path} is a model of other classes: it has {ClassNames.Count}, not {wanted.Count}, and class {place} is "
            + $"{ClassNames.ElementAtOrDefault(place) ?? "missing"}, not {wanted.ElementAtOrDefault(place) ?? "missing"}. Load a model of these classes, or ask for the model's.");
    }

    private void CheckLimits()
    {
        var built = Specification.Detection;
        if (_model.Outputs == OnnxOutputs.Detections
            && (_settings.CandidatesPerClass != built.CandidatesPerClass || _settings.DetectionsPerImage > built.DetectionsPerImage))
        {
            throw new ArgumentException(
                $"{_model.Path} has its limits built in: {built.CandidatesPerClass} candidates of a class, at most {built.DetectionsPerImage} detections. "
                + $"It cannot have {_settings.CandidatesPerClass} and {_settings.DetectionsPerImage}: export it with these, or with {nameof(OnnxOutputs.Predictions)}.");
        }
    }
}
