using SingleShot.Data;
using SingleShot.Data.Batches;
using SingleShot.Detection;
using SingleShot.Images;
using SingleShot.Networks;

namespace SingleShot.Evaluation;

/// <summary>A detector's findings on a whole data set, beside the truth.</summary>
/// <param name="Images">Every image that could be used.</param>
/// <param name="Problems">The images that could not, a line each: unreadable, or of another size than their annotations are for.</param>
public sealed record DetectorRun(IReadOnlyList<EvaluatedImage> Images, IReadOnlyList<string> Problems)
{
    /// <summary>Runs a detector over a data set.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">
    /// The images and their truth. Each class must be one of the detector's, by name; what the detector finds of other classes (the ids that
    /// COCO does not use, in a model that scores ids) is left out.
    /// </param>
    /// <param name="batchSize">Images that go through the network together.</param>
    /// <param name="stop">Stops before the next batch.</param>
    /// <returns>Truth and detections of each image. Images that cannot be used are also reported on the error output.</returns>
    /// <exception cref="ArgumentException">The data set has a class that the detector does not have.</exception>
    /// <exception cref="NetworkNotFiniteException">The network's predictions for an image hold NaN or infinity; the message has the image's id.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public static DetectorRun Over(IDetector detector, DataSet data, int batchSize = 16, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(data);
        if (data.ClassNames.Except(detector.ClassNames).Any())
        {
            throw new ArgumentException(
                $"{data.Name} has the classes {string.Join(", ", data.ClassNames)}, the detector {string.Join(", ", detector.ClassNames)}: "
                + "take the data that the detector was trained for.", nameof(data));
        }
        var labels = data.ClassNames.Index().ToDictionary(item => item.Item, item => item.Index);
        var images = new List<EvaluatedImage>();
        var reader = new SampleReader(data.Samples, cacheBytes: 0);
        foreach (var chunk in data.Samples.Index().Chunk(batchSize))
        {
            stop.ThrowIfCancellationRequested();
            var readable = new List<(Sample Sample, RgbImage Image)>();
            foreach (var (index, sample) in chunk)
            {
                if (reader.Read(index) is { } image)
                {
                    readable.Add((sample, image));
                }
            }
            reader.ReportProblems();
            var detections = Detect(detector, readable);
            images.AddRange(readable.Zip(detections, (item, found) => new EvaluatedImage(item.Sample.Id, item.Sample.Truths, Of(found, labels))));
        }
        return new DetectorRun(images, [.. reader.Problems]);
    }

    private static IReadOnlyList<IReadOnlyList<DetectedObject>> Detect(IDetector detector, List<(Sample Sample, RgbImage Image)> batch)
    {
        try
        {
            return detector.Detect([.. batch.Select(item => item.Image)]);
        }
        catch (NetworkNotFiniteException e)
        {
            throw new NetworkNotFiniteException($"Image '{batch[e.Picture].Sample.Id}' cannot be evaluated. {e.Report}", e.Report, e.Picture);
        }
    }

    private static List<DetectedObject> Of(IReadOnlyList<DetectedObject> found, Dictionary<string, int> labels) =>
        [.. found.Where(one => labels.ContainsKey(one.ClassName)).Select(one => one with { Label = labels[one.ClassName] })];
}
