using SingleShot.Data.Coco;

namespace SingleShot.Evaluation.Coco;

/// <summary>The truths and the detections of one class over all images, ready to be matched.</summary>
internal sealed class CocoClass
{
    /// <summary>Takes what the class has, both lists by rising rank of the image.</summary>
    public CocoClass(IReadOnlyList<CocoTruth> truths, IReadOnlyList<CocoDetection> detections)
    {
        Truths = [.. truths];
        var (kept, places, scenes) = (new List<CocoDetection>(detections.Count), new List<int>(detections.Count), new List<CocoScene>());
        for (int t = 0, d = 0; d < detections.Count;)
        {
            var image = detections[d].Image;
            while (t < Truths.Length && Truths[t].Image < image)
            {
                t++;
            }
            var (firstTruth, firstDetection) = (t, kept.Count);
            while (t < Truths.Length && Truths[t].Image == image)
            {
                t++;
            }
            d = Rank(detections, d, kept, places);
            if (t > firstTruth)
            {
                scenes.Add(new CocoScene(firstTruth, t - firstTruth, firstDetection, kept.Count - firstDetection));
            }
        }
        (Detections, Places, Scenes) = ([.. kept], [.. places], [.. scenes]);
        var order = Ranking.Descending(Array.ConvertAll(Detections, item => item.Score));
        Ranks = new int[order.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            Ranks[order[rank]] = rank;
        }
    }

    /// <summary>By rising rank of the image; of one image in the order given.</summary>
    public CocoTruth[] Truths { get; }

    /// <summary>By rising rank of the image, then by falling score; no more of one image than the largest limit.</summary>
    public CocoDetection[] Detections { get; }

    /// <summary>The place of each detection among those of its image, from 0.</summary>
    public int[] Places { get; }

    /// <summary>The place of each detection among all, by falling score; of equal scores the one of the earlier image first.</summary>
    public int[] Ranks { get; }

    /// <summary>The images that have both truths and detections; elsewhere there is nothing to match.</summary>
    public CocoScene[] Scenes { get; }

    /// <summary>Adds the best detections of the image that begins at a position; returns where the next image begins.</summary>
    private static int Rank(IReadOnlyList<CocoDetection> detections, int first, List<CocoDetection> kept, List<int> places)
    {
        var end = first + 1;
        while (end < detections.Count && detections[end].Image == detections[first].Image)
        {
            end++;
        }
        var scores = new double[end - first];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = detections[first + i].Score;
        }
        var order = Ranking.Descending(scores);
        for (var place = 0; place < Math.Min(order.Length, CocoProtocol.DetectionLimits[^1]); place++)
        {
            kept.Add(detections[first + order[place]]);
            places.Add(place);
        }
        return end;
    }
}

/// <summary>A ground truth of one class, as COCO's evaluation sees it.</summary>
/// <param name="Image">Rank of its image in the order of evaluation.</param>
/// <param name="Box">Where it is.</param>
/// <param name="Area">The area by which it is small, medium or large.</param>
/// <param name="Crowd">Whether it is a region of many objects.</param>
internal readonly record struct CocoTruth(int Image, CocoBox Box, double Area, bool Crowd);

/// <summary>A detection of one class, as COCO's evaluation sees it.</summary>
/// <param name="Image">Rank of its image in the order of evaluation.</param>
/// <param name="Box">Where it is.</param>
/// <param name="Score">How sure the detector is; a number.</param>
internal readonly record struct CocoDetection(int Image, CocoBox Box, double Score);

/// <summary>An image that has both truths and detections of a class: ranges of the class's two lists.</summary>
/// <param name="FirstTruth">Index of its first truth.</param>
/// <param name="Truths">How many, at least 1.</param>
/// <param name="FirstDetection">Index of its best detection.</param>
/// <param name="Detections">How many, at least 1.</param>
internal readonly record struct CocoScene(int FirstTruth, int Truths, int FirstDetection, int Detections);
