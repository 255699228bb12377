using SingleShot.Data.Coco;

namespace SingleShot.Evaluation.Coco;

/// <summary>The truths and the detections of one class over all images, ready to be matched.</summary>
internal sealed class CocoClass
{
    /// <summary>Takes what the class has, both lists by rising rank of the image.</summary>
    public CocoClass(IReadOnlyList<CocoTruth> truths, IReadOnlyList<CocoFound> found)
    {
        Truths = [.. truths];
        var (kept, places, scenes) = (new List<CocoFound>(found.Count), new List<int>(found.Count), new List<CocoScene>());
        for (int t = 0, f = 0; f < found.Count;)
        {
            var image = found[f].Image;
            while (t < Truths.Length && Truths[t].Image < image)
            {
                t++;
            }
            var (firstTruth, firstFound) = (t, kept.Count);
            while (t < Truths.Length && Truths[t].Image == image)
            {
                t++;
            }
            f = Rank(found, f, kept, places);
            if (t > firstTruth)
            {
                scenes.Add(new CocoScene(firstTruth, t - firstTruth, firstFound, kept.Count - firstFound));
            }
        }
        (Found, Places, Scenes) = ([.. kept], [.. places], [.. scenes]);
        var order = Ranking.Descending(Array.ConvertAll(Found, item => item.Score));
        Ranks = new int[order.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            Ranks[order[rank]] = rank;
        }
    }

    /// <summary>By rising rank of the image; of one image in the order given.</summary>
    public CocoTruth[] Truths { get; }

    /// <summary>By rising rank of the image, then by falling score; no more of one image than the largest limit.</summary>
    public CocoFound[] Found { get; }

    /// <summary>The place of each detection among those of its image, from 0.</summary>
    public int[] Places { get; }

    /// <summary>The place of each detection among all, by falling score; of equal scores the one of the earlier image first.</summary>
    public int[] Ranks { get; }

    /// <summary>The images that have both truths and detections; elsewhere there is nothing to match.</summary>
    public CocoScene[] Scenes { get; }

    /// <summary>Adds the best detections of the image that begins at a position; returns where the next image begins.</summary>
    private static int Rank(IReadOnlyList<CocoFound> found, int first, List<CocoFound> kept, List<int> places)
    {
        var end = first + 1;
        while (end < found.Count && found[end].Image == found[first].Image)
        {
            end++;
        }
        var scores = new double[end - first];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = found[first + i].Score;
        }
        var order = Ranking.Descending(scores);
        for (var place = 0; place < Math.Min(order.Length, CocoProtocol.DetectionLimits[^1]); place++)
        {
            kept.Add(found[first + order[place]]);
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
internal readonly record struct CocoFound(int Image, CocoBox Box, double Score);

/// <summary>An image that has both truths and detections of a class: ranges of the class's two lists.</summary>
/// <param name="FirstTruth">Index of its first truth.</param>
/// <param name="Truths">How many, at least 1.</param>
/// <param name="FirstFound">Index of its best detection.</param>
/// <param name="Found">How many, at least 1.</param>
internal readonly record struct CocoScene(int FirstTruth, int Truths, int FirstFound, int Found);
