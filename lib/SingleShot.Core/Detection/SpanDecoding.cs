using System.Buffers;
using System.Numerics;
using SingleShot.Models;

namespace SingleShot.Detection;

/// <summary>What comes after the softmax, as a processor does it best: one pass over the memory, then class by class.</summary>
/// <param name="firstClass">The column of the first class.</param>
/// <param name="classes">How many there are.</param>
/// <param name="settings">What to keep.</param>
internal sealed class SpanDecoding(int firstClass, int classes, DetectionSettings settings)
{
    /// <summary>Keeps the best of each class, suppresses, and keeps the best of all.</summary>
    /// <param name="corners">Corners [A, 4], row by row.</param>
    /// <param name="probabilities">[A, K], row by row.</param>
    /// <param name="threads">How many threads to spread the classes over.</param>
    /// <returns>What is left, best first; of equal scores the lower class, then the lower default box.</returns>
    public SelectedBoxes<T> Decode<T>(T[] corners, ReadOnlySpan<T> probabilities, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var count = corners.Length / 4;
        var memory = ArrayPool<Candidate<T>>.Shared.Rent(classes * count); // of each class a stretch as long as there are default boxes
        try
        {
            var lengths = Collect(probabilities, memory, count);
            var overlap = T.CreateChecked(settings.Overlap);
            Parallel.For(0, classes, new ParallelOptions { MaxDegreeOfParallelism = threads }, label =>
                lengths[label] = Suppress(memory.AsSpan(label * count, lengths[label]), corners, count, overlap));
            var left = new List<Candidate<T>>(lengths.Sum());
            for (var label = 0; label < classes; label++)
            {
                left.AddRange(memory.AsSpan(label * count, lengths[label]));
            }
            return Leave(Candidate<T>.Best([.. left], settings.DetectionsPerImage), corners, count);
        }
        finally
        {
            ArrayPool<Candidate<T>>.Shared.Return(memory);
        }
    }

    private int[] Collect<T>(ReadOnlySpan<T> probabilities, Candidate<T>[] memory, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var threshold = T.CreateChecked(settings.ScoreThreshold);
        var lengths = new int[classes];
        var columns = probabilities.Length / Math.Max(1, count);
        for (var box = 0; box < count; box++)
        {
            var row = probabilities.Slice(box * columns + firstClass, classes);
            for (var label = 0; label < row.Length; label++)
            {
                // Written in any case, and kept by counting it: no branch that a processor could guess wrong.
                var start = label * count;
                memory[start + lengths[label]] = new(row[label], start + box);
                lengths[label] += row[label] > threshold ? 1 : 0;
            }
        }
        return lengths;
    }

    /// <summary>Leaves the kept ones of a class at the front.</summary>
    /// <returns>How many they are.</returns>
    private int Suppress<T>(Span<Candidate<T>> candidates, T[] corners, int count, T overlap)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var best = Candidate<T>.Best(candidates, settings.CandidatesPerClass);
        var boxes = new T[4 * best.Length];
        for (var i = 0; i < best.Length; i++)
        {
            Corners(corners, best[i], count).CopyTo(boxes.AsSpan(4 * i));
        }
        var kept = new bool[best.Length];
        GreedySuppression.Keep(boxes, kept, overlap);
        var left = 0;
        for (var i = 0; i < best.Length; i++)
        {
            if (kept[i])
            {
                candidates[left++] = best[i];
            }
        }
        return left;
    }

    private static ReadOnlySpan<T> Corners<T>(T[] corners, Candidate<T> candidate, int count)
        where T : unmanaged, IFloatingPointIeee754<T> => corners.AsSpan(4 * (candidate.Place % count), 4);

    private static SelectedBoxes<T> Leave<T>(Span<Candidate<T>> found, T[] corners, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (boxes, scores) = (new T[4 * found.Length], new T[found.Length]);
        var (labels, defaults) = (new long[found.Length], new long[found.Length]);
        for (var i = 0; i < found.Length; i++)
        {
            scores[i] = found[i].Score;
            (labels[i], defaults[i]) = Math.DivRem(found[i].Place, count);
            Corners(corners, found[i], count).CopyTo(boxes.AsSpan(4 * i));
        }
        return new SelectedBoxes<T>(boxes, scores, labels, defaults);
    }
}

/// <summary>What is left of one image's predictions, best first.</summary>
/// <param name="Corners">Corners [k, 4], row by row.</param>
/// <param name="Scores">[k], falling.</param>
/// <param name="Labels">[k]: classes, from 0, the background not counted.</param>
/// <param name="DefaultBoxes">[k]: the default box that each came from.</param>
internal sealed record SelectedBoxes<T>(T[] Corners, T[] Scores, long[] Labels, long[] DefaultBoxes)
    where T : unmanaged, IFloatingPointIeee754<T>;
