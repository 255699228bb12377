using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>A base network in stages, each of which goes on from the one before and gives a map that predicts.</summary>
/// <param name="Features">The module that published weights call <c>features</c>; it holds the stages of <paramref name="InFeatures"/>.</param>
/// <param name="InFeatures">Its stages.</param>
/// <param name="InExtra">The stages after those, which published weights count among the extra layers.</param>
/// <param name="Channels">Channels of each stage's map.</param>
internal sealed record BaseStages(
    nn.Module Features,
    IReadOnlyList<nn.Module<Tensor, Tensor>> InFeatures,
    IReadOnlyList<nn.Module<Tensor, Tensor>> InExtra,
    IReadOnlyList<int> Channels);
