using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using SingleShot.Models;
using static TorchSharp.torch;

namespace SingleShot.Detection;

/// <summary>What <see cref="PredictionDecoder"/> does after the softmax, as a processor does it best: one pass over the memory, then class by class.</summary>
/// <param name="firstClass">The column of the first class.</param>
/// <param name="classes">How many there are.</param>
/// <param name="settings">What to keep.</param>
internal sealed class SpanDecoding(int firstClass, int classes, DetectionSettings settings)
{
    /// <summary>Keeps the best of each class, suppresses, and keeps the best of all.</summary>
    /// <param name="corners">[A, 4] on the CPU, contiguous, float32 or float64.</param>
    /// <param name="probabilities">[A, K] of the same type, contiguous.</param>
    public DetectedBoxes Decode(Tensor corners, Tensor probabilities) => corners.dtype == ScalarType.Float64
        ? Decode<double>(corners, probabilities)
        : Decode<float>(corners, probabilities);

    private DetectedBoxes Decode<T>(Tensor cornersTensor, Tensor probabilities)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var corners = cornersTensor.data<T>().ToArray();
        var count = corners.Length / 4;
        var memory = ArrayPool<Candidate<T>>.Shared.Rent(classes * count); // of each class a stretch as long as there are default boxes
        try
        {
            var lengths = Collect(MemoryMarshal.Cast<byte, T>(probabilities.bytes), memory, count);
            var overlap = T.CreateChecked(settings.Overlap);
            Parallel.For(0, classes, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, label =>
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

    private static DetectedBoxes Leave<T>(Span<Candidate<T>> found, T[] corners, int count)
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
        return new DetectedBoxes(Of(boxes, found.Length, 4), Of(scores, found.Length), Of(labels, found.Length), Of(defaults, found.Length));
    }

    private static Tensor Of<T>(T[] values, params long[] shape)
        where T : unmanaged => values.Length == 0
            ? empty(shape, values is float[]? float32 : values is double[]? float64 : int64)
            : from_array(values).reshape(shape);
}
