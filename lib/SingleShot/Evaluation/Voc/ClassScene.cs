using SingleShot.Data;
using SingleShot.Detection;

namespace SingleShot.Evaluation.Voc;

/// <summary>The truths and detections of one class in one image.</summary>
/// <param name="Truths">In the order the image has them.</param>
/// <param name="Detections">By falling score; equal scores in the order the image has them.</param>
internal sealed record ClassScene(GroundTruth[] Truths, DetectedObject[] Detections)
{
    /// <summary>Splits images by class, leaving out the pairs of image and class that have nothing.</summary>
    /// <returns>For each class its scenes, in the order of the images.</returns>
    /// <exception cref="ArgumentException">Two images have one id, a label names no class, or a score or a box is not finite.</exception>
    public static IReadOnlyList<ClassScene>[] Split(int classes, IReadOnlyList<EvaluatedImage> images)
    {
        var scenes = new List<ClassScene>[classes];
        var truths = new List<GroundTruth>[classes];
        var detections = new List<DetectedObject>[classes];
        for (var k = 0; k < classes; k++)
        {
            (scenes[k], truths[k], detections[k]) = ([], [], []);
        }
        EvaluatedImage.Check(classes, images);
        foreach (var image in images)
        {
            foreach (var truth in image.Truths)
            {
                truths[truth.Label].Add(truth);
            }
            foreach (var detection in image.Detections)
            {
                detections[detection.Label].Add(detection);
            }
            for (var k = 0; k < classes; k++)
            {
                if (truths[k].Count + detections[k].Count > 0)
                {
                    scenes[k].Add(new ClassScene([.. truths[k]], Ranked(detections[k])));
                    truths[k].Clear();
                    detections[k].Clear();
                }
            }
        }
        return scenes;
    }

    private static DetectedObject[] Ranked(List<DetectedObject> detections)
    {
        var scores = new double[detections.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = detections[i].Score;
        }
        return Array.ConvertAll(Ranking.Descending(scores), i => detections[i]);
    }
}
