using System.Globalization;
using SingleShot.Runtime;
using TorchSharp;

namespace SingleShot.Losses;

/// <summary>The loss of a batch, term by term; each a scalar, already divided by the number of matches.</summary>
/// <param name="Localization">Smooth L1 of the matches' offsets.</param>
/// <param name="Confidence">Softmax loss of the matches' classes.</param>
/// <param name="NoMatch">Loss of the mined boxes that match nothing.</param>
/// <param name="Total">The sum of the three, which training makes small.</param>
/// <param name="Matches">Number of matches, before it is held to at least 1.</param>
/// <param name="Negatives">Number of boxes mined.</param>
public sealed record LossTerms(
    torch.Tensor Localization, torch.Tensor Confidence, torch.Tensor NoMatch, torch.Tensor Total, long Matches, long Negatives)
{
    /// <summary>The terms as numbers, in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"loss {Value(Total):F4} = localization {Value(Localization):F4} + confidence {Value(Confidence):F4} "
        + $"+ no match {Value(NoMatch):F4} ({Matches} matches, {Negatives} negatives)");

    private static double Value(torch.Tensor term)
    {
        using var scope = torch.NewDisposeScope();
        return term.detach().to(torch.float64).Number<double>();
    }
}
