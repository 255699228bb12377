using SingleShot.Boxes;
using SingleShot.Models;
using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>The training objective (section 2.2 of the paper): place and class of the matches, and no object anywhere else.</summary>
/// <remarks>
/// L = (L_loc + L_conf + L_no match) / max(1, matches). A matched default box answers for its ground truth's offsets and class.
/// Of the others some are mined, the hardest as a rule; what they answer for depends on the specification's <see cref="NoObject"/>: the
/// background class in the softmax, or the term log(1 + c_max / sum c).
/// </remarks>
/// <param name="specification">The model whose predictions are judged.</param>
/// <param name="matcher">Who answers for what.</param>
/// <param name="mining">Which of the rest are taught.</param>
/// <param name="focal">Weighs the classes and the negatives by how wrong they are, which needs a background class; null for the paper's softmax loss.</param>
/// <exception cref="ArgumentException">A focal loss for a model without a background class.</exception>
public sealed class MultiBoxLoss(SsdSpecification specification, Matcher matcher, NegativeMining mining, FocalLoss? focal = null)
{
    private readonly FocalLoss? _focal = focal is null || specification.NoObject == NoObject.BackgroundClass
        ? focal
        : throw new ArgumentException($"{specification.Name} has no background class, and the focal loss needs one.", nameof(focal));

    private readonly DefaultBoxTensors _defaults = new(specification.DefaultBoxes());

    /// <summary>
    /// The usual loss of a specification: with a background class the paper's and torchvision's, best overlap with forced matches;
    /// without one, many-to-many matching and the no-match term. Mining is 3:1 in both.
    /// </summary>
    public static MultiBoxLoss For(SsdSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        Matcher matcher = specification.NoObject == NoObject.BackgroundClass ? new BestOverlapMatcher() : new ManyToManyMatcher();
        return new MultiBoxLoss(specification, matcher, new HardNegativeMining());
    }

    /// <summary>Judges the predictions for a batch.</summary>
    /// <param name="predictions">Offsets [N, A, 4] and scores [N, A, K].</param>
    /// <param name="targets">The ground truth, on the same device.</param>
    /// <returns>The terms, through which gradients flow to the predictions.</returns>
    public LossTerms Compute(Predictions predictions, Targets targets)
    {
        using var scope = NewDisposeScope();
        var (offsets, scores) = predictions;
        var (boxes, labels, present) = targets;
        var defaults = _defaults.Like(offsets); // [A, 4]
        var matches = matcher.Match(boxes, present, defaults, specification.InputSize);

        var matched = TensorIndex.Tensor(matches.DefaultBoxes);
        var images = TensorIndex.Tensor(matches.Images);
        var owners = TensorIndex.Tensor(matches.Truths);
        var trueOffsets = specification.Coder.Encode(boxes[images, owners].to(offsets.dtype), defaults[matched]); // [P, 4]
        var localization = LocalizationLoss.Sum(offsets[images, matched], trueOffsets);

        Tensor hardness;                                                    // [N, A]
        using (no_grad())
        {
            hardness = NoObjectLoss(scores);
        }
        var negative = mining.Select(hardness, matches.Positive);           // [N, A]
        // Most boxes are neither matched nor mined: gradients go through the rows that are, all in one operation.
        var mined = negative.nonzero();                                     // [Q, 2]: image, default box
        var taught = scores[
            TensorIndex.Tensor(cat([matches.Images, mined[.., 0]])), TensorIndex.Tensor(cat([matches.DefaultBoxes, mined[.., 1]]))]; // [P + Q, K]
        var (shown, empty) = (taught.narrow(0, 0, matches.Count), taught.narrow(0, matches.Count, mined.shape[0]));
        var columns = labels[images, owners].Plus(specification.FirstClassScore); // [P]
        var confidence = (_focal is null ? ConfidenceLoss.PerBox(shown, columns) : _focal.PerBox(shown, columns)).sum();
        var noMatch = (_focal is null ? NoObjectLoss(empty) : _focal.PerBox(empty, Background(empty))).sum();

        var count = Math.Max(1, matches.Count);
        localization = localization.Over(count);
        confidence = confidence.Over(count);
        noMatch = noMatch.Over(count);
        return new LossTerms(
            localization.MoveToOuterDisposeScope(), confidence.MoveToOuterDisposeScope(), noMatch.MoveToOuterDisposeScope(),
            localization.Plus(confidence).Plus(noMatch).MoveToOuterDisposeScope(),
            matches.Count, mined.shape[0]);
    }

    /// <summary>What each box would cost if it held no object: also the measure of its hardness.</summary>
    /// <param name="scores">[..., K].</param>
    /// <returns>[...].</returns>
    public Tensor NoObjectLoss(Tensor scores) => specification.NoObject == NoObject.BackgroundClass
        ? ConfidenceLoss.PerBox(scores, Background(scores))
        : NoMatchLoss.PerBox(scores);

    /// <summary>The column of the background, the first, for each box.</summary>
    private static Tensor Background(Tensor scores) => zeros(scores.shape[..^1], int64, scores.device);
}
