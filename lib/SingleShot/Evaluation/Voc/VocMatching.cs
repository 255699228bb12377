using SingleShot.Data;

namespace SingleShot.Evaluation.Voc;

/// <summary>Matches the detections of one class in one image to its truths, as VOCevaldet of the development kit does.</summary>
internal static class VocMatching
{
    /// <summary>True for a truth that has to be found.</summary>
    public static bool Counts(GroundTruth truth) => !truth.Difficult && !truth.Crowd;

    /// <summary>Adds the score and the verdict of each detection that counts, by falling score.</summary>
    public static void Match(ClassScene scene, double threshold, List<double> scores, List<bool> verdicts)
    {
        var taken = new bool[scene.Truths.Length];
        foreach (var detection in scene.Detections)
        {
            var (best, most) = (-1, 0.0);
            for (var t = 0; t < taken.Length; t++)
            {
                var overlap = detection.Box.Overlap(scene.Truths[t].Box);
                (best, most) = overlap > most ? (t, overlap) : (best, most);
            }
            var matched = best >= 0 && most >= threshold;
            if (matched && !Counts(scene.Truths[best]))
            {
                continue;
            }
            scores.Add(detection.Score);
            verdicts.Add(matched && !taken[best]);
            if (matched)
            {
                taken[best] = true;
            }
        }
    }
}
