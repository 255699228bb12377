using SingleShot.Data;

namespace SingleShot.Evaluation;

/// <summary>One image as evaluation sees it: what is there, and what was found.</summary>
/// <param name="Id">What the image is called; each image of an evaluation has its own.</param>
/// <param name="Truths">The objects somebody marked; may be empty.</param>
/// <param name="Detections">The objects the detector found, in any order; may be empty.</param>
public sealed record EvaluatedImage(string Id, IReadOnlyList<GroundTruth> Truths, IReadOnlyList<Detection.Detection> Detections)
{
    /// <summary>Refuses images that cannot be evaluated together.</summary>
    /// <exception cref="ArgumentException">Two images have one id, a label names no class, or a score is not a number.</exception>
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
            foreach (var truth in image.Truths)
            {
                CheckLabel(truth.Label, image, "ground truth");
            }
            foreach (var detection in image.Detections)
            {
                if (double.IsNaN(detection.Score))
                {
                    throw new ArgumentException($"A detection of image '{image.Id}' has a score that is not a number.", nameof(images));
                }
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
}
