using SingleShot.Boxes;
using SingleShot.Models;

namespace SingleShot.Detection;

/// <summary>From a network's predictions to detections without tensors: softmax, decode, clip, threshold, best of each class, suppression, best of all.</summary>
/// <param name="specification">The model that predicted.</param>
/// <param name="settings">What to keep.</param>
public sealed class PlainDecoder(SsdSpecification specification, DetectionSettings settings)
{
    private readonly DefaultBoxes _defaults = specification.DefaultBoxes();
    private readonly SpanDecoding _selection = new(specification.FirstClassScore, specification.ClassNames.Count, settings);

    /// <summary>Decodes the predictions of one picture.</summary>
    /// <param name="offsets">[A, 4], row by row.</param>
    /// <param name="scores">[A, K] before the softmax, row by row.</param>
    /// <param name="width">Width of the picture, in pixels.</param>
    /// <param name="height">Its height.</param>
    /// <returns>Detections in the picture's pixels, best first; of equal scores the lower class, then the lower default box.</returns>
    /// <exception cref="ArgumentException">There are not as many numbers as the model's default boxes have, or one is NaN or infinite.</exception>
    public IReadOnlyList<DetectedObject> Decode(ReadOnlySpan<float> offsets, ReadOnlySpan<float> scores, int width, int height)
    {
        if (offsets.Length != 4 * _defaults.Count || scores.Length != specification.ScoreCount * _defaults.Count)
        {
            throw new ArgumentException(
                $"{specification.Name} has {_defaults.Count} default boxes with 4 offsets and {specification.ScoreCount} scores each, "
                + $"but there are {offsets.Length} offsets and {scores.Length} scores.");
        }
        if (!AreFinite(offsets) || !AreFinite(scores))
        {
            throw new ArgumentException("An offset or a score is NaN or infinite.");
        }
        return DecodeFinite(offsets, scores, width, height);
    }

    /// <summary>The same for as many numbers as there have to be, which are known to be finite.</summary>
    internal IReadOnlyList<DetectedObject> DecodeFinite(ReadOnlySpan<float> offsets, ReadOnlySpan<float> scores, int width, int height)
    {
        var found = _selection.Decode(Corners(offsets), Probabilities(scores), Environment.ProcessorCount);
        return [.. found.Scores.Select((score, i) => new DetectedObject(
            new BoundingBox(found.Corners[4 * i], found.Corners[4 * i + 1], found.Corners[4 * i + 2], found.Corners[4 * i + 3]).Scale(width, height),
            (int)found.Labels[i], specification.ClassNames[(int)found.Labels[i]], score))];
    }

    private float[] Corners(ReadOnlySpan<float> offsets)
    {
        var defaults = _defaults.CentersAndSizes;
        var (centerWeight, sizeWeight) = ((float)specification.Coder.CenterWeight, (float)specification.Coder.SizeWeight);
        var corners = new float[offsets.Length];
        for (var box = 0; box < offsets.Length; box += 4)
        {
            for (var i = box; i < box + 2; i++) // x, then y
            {
                var center = offsets[i] / centerWeight * defaults[i + 2] + defaults[i];
                var half = MathF.Exp(MathF.Min(offsets[i + 2] / sizeWeight, (float)BoxCoder.LargestLogSize)) * defaults[i + 2] / 2;
                (corners[i], corners[i + 2]) = (Math.Clamp(center - half, 0, 1), Math.Clamp(center + half, 0, 1));
            }
        }
        return corners;
    }

    private float[] Probabilities(ReadOnlySpan<float> scores)
    {
        var probabilities = new float[scores.Length];
        for (var start = 0; start < scores.Length; start += specification.ScoreCount)
        {
            var row = scores.Slice(start, specification.ScoreCount);
            var result = probabilities.AsSpan(start, specification.ScoreCount);
            var (most, sum) = (float.NegativeInfinity, 0f);
            foreach (var score in row)
            {
                most = MathF.Max(most, score);
            }
            for (var i = 0; i < row.Length; i++)
            {
                sum += result[i] = MathF.Exp(row[i] - most);
            }
            foreach (ref var number in result)
            {
                number /= sum;
            }
        }
        return probabilities;
    }

    /// <summary>Whether none of some numbers is NaN or infinite.</summary>
    /// <param name="numbers">The numbers.</param>
    public static bool AreFinite(ReadOnlySpan<float> numbers)
    {
        foreach (var number in numbers)
        {
            if (!float.IsFinite(number))
            {
                return false;
            }
        }
        return true;
    }
}
