using System.Numerics;
using System.Runtime.InteropServices;
using SingleShot.Boxes;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Detection;

/// <summary>From the network's predictions to boxes: softmax, decode, clip, threshold, best of each class, suppression, best of all.</summary>
/// <param name="specification">The model that predicted.</param>
/// <param name="settings">What to keep.</param>
public sealed class PredictionDecoder(SsdSpecification specification, DetectionSettings settings)
{
    private readonly DefaultBoxTensors _defaults = new(specification.DefaultBoxes());
    private readonly SpanDecoding _onProcessor = new(specification.FirstClassScore, specification.ClassNames.Count, settings);

    /// <summary>The probability of each class in each default box.</summary>
    /// <param name="scores">Scores [..., K] as the network gives them.</param>
    /// <returns>[..., C]: softmax over all K, without the background's column.</returns>
    public Tensor Probabilities(Tensor scores)
    {
        using var scope = NewDisposeScope();
        return scores.softmax(-1).narrow(-1, specification.FirstClassScore, specification.ClassNames.Count).MoveToOuterDisposeScope();
    }

    /// <summary>Decodes the predictions of one image.</summary>
    /// <param name="offsets">[A, 4].</param>
    /// <param name="scores">[A, K].</param>
    /// <returns>The detections, best first; of equal scores the lower class, then the lower default box.</returns>
    /// <exception cref="ArgumentException">An offset or a score is NaN or infinite.</exception>
    public DetectedBoxes Decode(Tensor offsets, Tensor scores) => Finiteness.AreFinite(offsets, scores)
        ? DecodeFinite(offsets, scores)
        : throw new ArgumentException(
            $"{Finiteness.CountNotFinite(offsets)} of {offsets.NumberOfElements} offsets and {Finiteness.CountNotFinite(scores)} of "
            + $"{scores.NumberOfElements} scores are NaN or infinite, and no threshold passes NaN: {nameof(FiniteCheck)} says where it begins.");

    /// <summary>The same for predictions that have been looked at and are finite.</summary>
    internal DetectedBoxes DecodeFinite(Tensor offsets, Tensor scores)
    {
        if (scores.device_type != DeviceType.CPU || scores.dtype is not (ScalarType.Float32 or ScalarType.Float64) || offsets.dtype != scores.dtype)
        {
            return DecodeByTensors(offsets, scores);
        }
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var (corners, probabilities) = (Corners(offsets).contiguous(), scores.softmax(-1).contiguous());
        return scores.dtype == ScalarType.Float64 ? DecodeBySpans<double>(scope, corners, probabilities) : DecodeBySpans<float>(scope, corners, probabilities);
    }

    /// <summary>The same for any device: a GPU's way, by few operations on all classes together.</summary>
    internal DetectedBoxes DecodeByTensors(Tensor offsets, Tensor scores)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var corners = Corners(offsets);
        var probabilities = Probabilities(scores).transpose(0, 1);                                        // [C, A]
        var candidates = probabilities.Above(settings.ScoreThreshold).nonzero();            // [P, 2]: class, default box
        if (candidates.shape[0] == 0)
        {
            var none = candidates[.., 0];
            return Leave(scope, corners[none], probabilities[0][none], none, candidates[.., 1]);
        }
        var (labels, boxes, rank) = RankInClass(candidates, probabilities);

        // One row for each class, as long as the longest; what is missing in a row has no area.
        var rows = zeros([probabilities.shape[0], rank.max().Number<long>() + 1, 4], corners.dtype, corners.device); // [C, n, 4]
        rows.index_put_(corners[boxes], TensorIndex.Tensor(labels), TensorIndex.Tensor(rank));
        var kept = NonMaximumSuppression.KeepSorted(rows, settings.Overlap)[labels, rank];                      // [P]
        (labels, boxes) = (labels[kept], boxes[kept]);

        var (best, order) = probabilities[labels, boxes].sort(0, descending: true, stable: true);
        var count = Math.Min(order.shape[0], settings.DetectionsPerImage);
        order = order.narrow(0, 0, count);
        return Leave(scope, corners[boxes[order]], best.narrow(0, 0, count), labels[order], boxes[order]);
    }

    private DetectedBoxes DecodeBySpans<T>(DisposeScope scope, Tensor corners, Tensor probabilities)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var found = _onProcessor.Decode(corners.data<T>().ToArray(), MemoryMarshal.Cast<byte, T>(probabilities.bytes), get_num_threads());
        var count = found.Scores.Length;
        return Leave(scope, Of(found.Corners, count, 4), Of(found.Scores, count), Of(found.Labels, count), Of(found.DefaultBoxes, count));
    }

    private static Tensor Of<T>(T[] values, params long[] shape)
        where T : unmanaged => values.Length == 0
            ? empty(shape, values is float[]? float32 : values is double[]? float64 : int64)
            : from_array(values).reshape(shape);

    private Tensor Corners(Tensor offsets) => BoxFormat.Clip(specification.Coder.Decode(offsets, _defaults.Like(offsets))); // [A, 4]

    /// <summary>Orders candidates by class and falling score and leaves the best of each class.</summary>
    /// <returns>Class, default box and rank in the class of each candidate left: int64 [P'] each.</returns>
    private (Tensor Labels, Tensor Boxes, Tensor Rank) RankInClass(Tensor candidates, Tensor probabilities)
    {
        var (labels, boxes) = (candidates[.., 0], candidates[.., 1]);
        // Two stable sorts, by score and then by class, make one order by both; equal scores stay by index.
        var (_, byScore) = probabilities[labels, boxes].sort(0, descending: true, stable: true);
        var (_, byClass) = labels[byScore].sort(0, descending: false, stable: true);
        var order = byScore[byClass];
        (labels, boxes) = (labels[order], boxes[order]);

        var sizes = labels.bincount(null, probabilities.shape[0]);                       // [C]
        var starts = sizes.cumsum(0) - sizes;                                            // [C]
        var rank = ScalarArithmetic.Range(0, labels.shape[0], labels.device) - starts[labels]; // [P]
        var left = rank.Below(settings.CandidatesPerClass);
        return (labels[left], boxes[left], rank[left]);
    }

    private static DetectedBoxes Leave(DisposeScope scope, Tensor boxes, Tensor scores, Tensor labels, Tensor defaults)
    {
        scope.MoveToOuter(boxes, scores, labels, defaults);
        return new DetectedBoxes(boxes, scores, labels, defaults);
    }
}

/// <summary>What is left of one image's predictions, best first.</summary>
/// <param name="Boxes">Corners [k, 4], as fractions of the image's sides, within the image.</param>
/// <param name="Scores">[k], 0 to 1, falling.</param>
/// <param name="Labels">int64 [k]: classes, from 0, the background not counted.</param>
/// <param name="DefaultBoxes">int64 [k]: the default box that each came from.</param>
public sealed record DetectedBoxes(torch.Tensor Boxes, torch.Tensor Scores, torch.Tensor Labels, torch.Tensor DefaultBoxes);
