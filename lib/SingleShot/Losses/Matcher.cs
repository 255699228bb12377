using SingleShot.Boxes;
using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>Decides which default boxes learn to predict which ground truths (section 2.2 of the paper, 'Matching strategy').</summary>
public abstract class Matcher
{
    /// <summary>Matches the default boxes to the ground truths of a batch.</summary>
    /// <param name="truths">Corners [N, M, 4], as fractions of the image's sides; float64 keeps pixels exact.</param>
    /// <param name="present">bool [N, M]: true for a ground truth, false for padding.</param>
    /// <param name="defaults">Centre and size [A, 4], as fractions.</param>
    /// <param name="inputSize">
    /// Side of the network's input in pixels, in which overlaps are computed. A ground truth may overlap several default boxes equally,
    /// and then rounding chooses among them: in pixels it chooses as torchvision does.
    /// </param>
    /// <returns>The matches; none for an image without ground truths.</returns>
    public Matches Match(Tensor truths, Tensor present, Tensor defaults, double inputSize = 1)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var overlaps = Jaccard.Overlap(truths.Times(inputSize).to(defaults.dtype), BoxFormat.CenterToCorners(defaults).Times(inputSize)) // [N, M, A]
            .MaskedFill(present.logical_not().unsqueeze(-1), -1);
        var matched = truths.shape[1] == 0 ? zeros_like(overlaps, @bool) : MatchedPairs(overlaps, present);
        var pairs = matched.nonzero(); // [P, 3]: image, ground truth, default box
        return new Matches(
            pairs[.., 0].MoveToOuterDisposeScope(),
            pairs[.., 1].MoveToOuterDisposeScope(),
            pairs[.., 2].MoveToOuterDisposeScope(),
            matched.any(1).MoveToOuterDisposeScope());
    }

    /// <summary>The rule itself.</summary>
    /// <param name="overlaps">Jaccard overlaps [N, M, A]; -1 for padding. M is at least 1.</param>
    /// <param name="present">bool [N, M].</param>
    /// <returns>bool [N, M, A]: true where the default box answers for the ground truth.</returns>
    protected abstract Tensor MatchedPairs(Tensor overlaps, Tensor present);
}
