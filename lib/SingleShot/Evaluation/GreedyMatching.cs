namespace SingleShot.Evaluation;

/// <summary>How the detections of one class in one image are given its objects: one after another, the highest score first.</summary>
/// <remarks>
/// Two rules are in use, and differ where objects stand close together. COCO's (evaluateImg of pycocotools): a detection takes the object
/// that it overlaps most among those still free, so that it may settle for its second best. Pascal VOC's (VOCevaldet of the development
/// kit): a detection belongs to the object that it overlaps most, and is wrong if an earlier one has that object.
/// </remarks>
public static class GreedyMatching
{
    /// <summary>COCO's rule: the best object that is still free.</summary>
    /// <param name="overlaps">The detection's overlap with each ground truth; of equal overlaps the later one wins.</param>
    /// <param name="threshold">The least overlap of a match, above 0.</param>
    /// <param name="truths">
    /// Where each ground truth stands; the one that is found becomes <see cref="TruthState.Taken"/>. One that counts goes before every
    /// one that is ignored, however well that fits. A crowd is never used up.
    /// </param>
    /// <returns>The ground truth, or -1 where no free one overlaps enough, and what the detection counts as.</returns>
    /// <exception cref="ArgumentException">Not as many overlaps as ground truths.</exception>
    public static TruthMatch TakeBestFree(ReadOnlySpan<double> overlaps, double threshold, Span<TruthState> truths)
    {
        CheckLengths(overlaps, truths);
        var (best, bestIgnored) = (-1, -1);
        var (most, mostIgnored) = (threshold, threshold);
        for (var i = 0; i < truths.Length; i++)
        {
            if (truths[i] == TruthState.Free)
            {
                if (overlaps[i] >= most)
                {
                    (best, most) = (i, overlaps[i]);
                }
            }
            else if (truths[i] != TruthState.Taken && overlaps[i] >= mostIgnored)
            {
                (bestIgnored, mostIgnored) = (i, overlaps[i]);
            }
        }
        if (best >= 0)
        {
            truths[best] = TruthState.Taken;
            return new TruthMatch(best, MatchVerdict.Right);
        }
        if (bestIgnored < 0)
        {
            return new TruthMatch(-1, MatchVerdict.Wrong);
        }
        if (truths[bestIgnored] == TruthState.Ignored)
        {
            truths[bestIgnored] = TruthState.Taken;
        }
        return new TruthMatch(bestIgnored, MatchVerdict.Ignored);
    }

    /// <summary>Pascal VOC's rule: the best object of all, whether it is free or not.</summary>
    /// <param name="overlaps">The detection's overlap with each ground truth; of equal overlaps the earlier one wins.</param>
    /// <param name="threshold">The least overlap of a match, above 0.</param>
    /// <param name="truths">Where each ground truth stands; a free one that is found becomes <see cref="TruthState.Taken"/>.</param>
    /// <returns>The ground truth, or -1 where none overlaps enough, and what the detection counts as.</returns>
    /// <exception cref="ArgumentException">Not as many overlaps as ground truths.</exception>
    public static TruthMatch TakeBest(ReadOnlySpan<double> overlaps, double threshold, Span<TruthState> truths)
    {
        CheckLengths(overlaps, truths);
        var (best, most) = (-1, 0.0);
        for (var i = 0; i < truths.Length; i++)
        {
            if (overlaps[i] > most)
            {
                (best, most) = (i, overlaps[i]);
            }
        }
        if (best < 0 || most < threshold)
        {
            return new TruthMatch(-1, MatchVerdict.Wrong);
        }
        switch (truths[best])
        {
            case TruthState.Free:
                truths[best] = TruthState.Taken;
                return new TruthMatch(best, MatchVerdict.Right);
            case TruthState.Taken:
                return new TruthMatch(best, MatchVerdict.Wrong);
            default:
                return new TruthMatch(best, MatchVerdict.Ignored);
        }
    }

    private static void CheckLengths(ReadOnlySpan<double> overlaps, ReadOnlySpan<TruthState> truths)
    {
        if (overlaps.Length != truths.Length)
        {
            throw new ArgumentException($"{overlaps.Length} overlaps for {truths.Length} ground truths: give one for each.", nameof(overlaps));
        }
    }
}

/// <summary>Where a ground truth stands while detections are matched to it.</summary>
public enum TruthState : byte
{
    /// <summary>It counts, and no detection has it yet.</summary>
    Free,

    /// <summary>A detection has it.</summary>
    Taken,

    /// <summary>It need not be found, and a detection that finds it counts neither way: a difficult object, or one outside the range of areas.</summary>
    Ignored,

    /// <summary>A region of many objects: ignored, and any number of detections may be matched to it.</summary>
    Crowd,
}

/// <summary>What a detection is matched to.</summary>
/// <param name="Truth">The ground truth's index; -1 where there is none.</param>
/// <param name="Verdict">What the detection counts as.</param>
public readonly record struct TruthMatch(int Truth, MatchVerdict Verdict);

/// <summary>What a detection counts as.</summary>
public enum MatchVerdict : byte
{
    /// <summary>A false positive.</summary>
    Wrong,

    /// <summary>A true positive.</summary>
    Right,

    /// <summary>Neither: it is on something that need not be found.</summary>
    Ignored,
}
