using SingleShot.Boxes;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Detection;

/// <summary>A trained network put to use: from pictures to named, scored boxes.</summary>
public sealed class Detector : IDetector
{
    private readonly SsdNetwork _network;
    private readonly PredictionDecoder _decoder;
    private readonly Device _device;
    private readonly Precision _precision;

    /// <summary>Makes a detector of a network, which stays the caller's.</summary>
    /// <param name="network">The network, on <paramref name="device"/>.</param>
    /// <param name="settings">What to keep; what the model's specification says when left out.</param>
    /// <param name="device">Where the network is; the CPU when left out.</param>
    /// <param name="precision">
    /// In which numbers its convolutions compute. In bfloat16 a score is off by some thousandths, and a box by a fraction of a pixel.
    /// </param>
    public Detector(SsdNetwork network, DetectionSettings? settings = null, Device? device = null, Precision precision = Precision.Full)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_network, _device, _precision) = (network, device ?? CPU, precision);
        _decoder = new PredictionDecoder(network.Specification, settings ?? network.Specification.Detection);
    }

    /// <summary>Names of the classes that the detections' labels stand for.</summary>
    public IReadOnlyList<string> ClassNames => _network.Specification.ClassNames;

    /// <summary>Finds the objects in one picture.</summary>
    /// <param name="image">The picture, of any size.</param>
    /// <returns>Detections in the picture's pixels, best first.</returns>
    /// <exception cref="NetworkNotFiniteException">The network's predictions hold NaN or infinity; the message says where it begins.</exception>
    public IReadOnlyList<DetectedObject> Detect(RgbImage image) => Detect([image])[0];

    /// <summary>Finds the objects in several pictures, which go through the network together.</summary>
    /// <param name="images">The pictures, each of any size; as many as the device's memory takes.</param>
    /// <returns>For each picture its detections, in its pixels, best first.</returns>
    /// <exception cref="NetworkNotFiniteException">
    /// The network's predictions hold NaN or infinity; the message says for which picture, and where it begins.
    /// </exception>
    /// <exception cref="NotSupportedException">The precision cannot be had here; the message says why.</exception>
    public IReadOnlyList<IReadOnlyList<DetectedObject>> Detect(IReadOnlyList<RgbImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count == 0)
        {
            return [];
        }
        var training = _network.training;
        _network.eval();
        try
        {
            using var scope = NewDisposeScope();
            using var gradients = inference_mode();
            var model = _network.Specification;
            var dtype = _network.ElementType;
            var input = stack([.. images.Select(image => ImageTensor.From(image, model.InputSize, model.Mean, model.StandardDeviation, dtype))]);
            var onDevice = input.to(_device);
            var (offsets, scores) = _network.Predict(onDevice, _precision); // [N, A, 4], [N, A, K]
            if (!Finiteness.AreFinite(offsets, scores))
            {
                var picture = Finiteness.FirstNotFinite(offsets, scores) ?? 0;
                var report = FiniteCheck.Of(_network, onDevice);
                throw new NetworkNotFiniteException($"Nothing can be detected in picture {picture} of {images.Count}. {report}", report, picture);
            }
            return [.. images.Select((image, i) => InPixels(_decoder.DecodeFinite(offsets[i], scores[i]), image))];
        }
        finally
        {
            _network.train(training);
        }
    }

    private DetectedObject[] InPixels(DetectedBoxes found, RgbImage image)
    {
        if (found.Labels.shape[0] == 0)
        {
            return []; // TorchSharp does not read a tensor without elements
        }
        var boxes = found.Boxes.cpu().to(float64).data<double>().ToArray();
        var scores = found.Scores.cpu().to(float64).data<double>().ToArray();
        var labels = found.Labels.cpu().data<long>().ToArray();
        var (width, height) = (Stretched(image.Width), Stretched(image.Height));
        return [.. labels.Select((label, i) => new DetectedObject(
            new BoundingBox(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]).Scale(width, height),
            (int)label, ClassNames[(int)label], scores[i]))];
    }

    /// <summary>A side of the picture, as torchvision comes back to it: by the ratio of the sides rounded to float32.</summary>
    /// <remarks>It is off by less than a hundred-thousandth of a percent, and makes float64 detections equal to the last digits.</remarks>
    private double Stretched(int side) => _network.Specification.InputSize * (double)((float)side / _network.Specification.InputSize);
}
