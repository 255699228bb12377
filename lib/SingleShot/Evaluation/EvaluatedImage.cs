using System.Globalization;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;

namespace SingleShot.Evaluation;

/// <summary>One image as evaluation sees it: what is there, and what was found.</summary>
/// <param name="Id">What the image is called; each image of an evaluation has its own.</param>
/// <param name="Truths">The objects somebody marked; may be empty.</param>
/// <param name="Detections">The objects the detector found, in any order; may be empty.</param>
public sealed record EvaluatedImage(string Id, IReadOnlyList<GroundTruth> Truths, IReadOnlyList<DetectedObject> Detections)
{
    /// <summary>Refuses an image whose boxes, areas or scores cannot be compared, for NaN is neither above a threshold nor below it.</summary>
    /// <exception cref="ArgumentException">A number is NaN or infinite; the message has the image's id and the detection's index.</exception>
    internal void CheckFinite()
    {
        for (var i = 0; i < Truths.Count; i++)
        {
            if (!Truths[i].Box.IsFinite || !double.IsFinite(Truths[i].Area))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Ground truth {i} of image '{Id}' has a number that is not finite: {Text(Truths[i].Box)}, area {Truths[i].Area}. Such an object cannot be found."));
            }
        }
        for (var i = 0; i < Detections.Count; i++)
        {
            if (!Detections[i].Box.IsFinite || !double.IsFinite(Detections[i].Score))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Detection {i} of image '{Id}' has a score or a box that is not a number, or infinite: score {Detections[i].Score}, "
                    + $"{Text(Detections[i].Box)}. It cannot be ranked or placed; was the network sound that found it?"));
            }
        }
    }

    /// <summary>Refuses images that cannot be evaluated together.</summary>
    /// <exception cref="ArgumentException">Two images have one id, a label names no class, or a score or a box is not finite.</exception>
    internal static void Check(int classes, IReadOnlyList<EvaluatedImage> images)
    {
        var ids = new HashSet<string>(images.Count);
        foreach (var image in images)
        {
            if (!ids.Add(image.Id))
            {
                throw new ArgumentException(
                    $"Image '{image.Id}' is there twice; its detections would compete for one set of truths.", nameof(images));
            }
            image.CheckFinite();
            foreach (var truth in image.Truths)
            {
                CheckLabel(truth.Label, image, "ground truth");
            }
            foreach (var detection in image.Detections)
            {
                CheckLabel(detection.Label, image, "detection");
            }
        }

        void CheckLabel(int label, EvaluatedImage image, string what)
        {
            if (label < 0 || label >= classes)
            {
                throw new ArgumentException(
                    $"A {what} of image '{image.Id}' has label {label}; there are {classes} classes, from 0.", nameof(images));
            }
        }
    }

    private static string Text(BoundingBox box) =>
        string.Create(CultureInfo.InvariantCulture, $"box ({box.Left}, {box.Top}, {box.Right}, {box.Bottom})");
}
