using SingleShot.Data;
using SingleShot.Images;
using SingleShot.Networks;
using static TorchSharp.torch;

namespace SingleShot.Figures.Explorers;

/// <summary>A picture, what a network predicts for it, and what is there.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Offsets">Offsets [A, 4].</param>
/// <param name="Scores">Scores [A, K].</param>
/// <param name="Truths">Its objects; may be empty.</param>
internal sealed record PredictedPicture(RgbImage Image, Tensor Offsets, Tensor Scores, IReadOnlyList<GroundTruth> Truths)
{
    /// <summary>Runs a network on pictures of one size, at least one. It computes as it does in detection, and is left as it was.</summary>
    /// <exception cref="ArgumentException">There is no picture, or one of another size than the first.</exception>
    public static IReadOnlyList<PredictedPicture> Of(SsdNetwork network, IReadOnlyList<Example> examples)
    {
        OneSize.Require([.. examples.Select(e => e.Image)], nameof(examples));
        var training = network.training;
        network.eval();
        try
        {
            using var gradients = no_grad();
            var model = network.Specification;
            var input = stack([.. examples.Select(e => ImageTensor.From(e.Image, model.InputSize, model.Mean, model.StandardDeviation, network.ElementType))]);
            var (offsets, scores) = network.call(input.to(network.parameters().First().device));
            return [.. examples.Select((e, i) => new PredictedPicture(e.Image, offsets[i], scores[i], e.Truths))];
        }
        finally
        {
            network.train(training);
        }
    }
}
