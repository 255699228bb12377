using SingleShot.Models;
using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>One pass of a training through a network: its predictions first, and then the gradients of what was computed from them.</summary>
/// <remarks>The tensors belong to the dispose scope in which the pass is made.</remarks>
internal interface ITrainingPass
{
    /// <summary>Offsets [N, A, 4] and scores [N, A, K].</summary>
    Predictions Predictions { get; }

    /// <summary>Adds the gradients of an objective to those of the network's parameters.</summary>
    /// <param name="objective">A scalar that was computed from <see cref="Predictions"/>.</param>
    void Backward(Tensor objective);
}

/// <summary>A pass that keeps everything for its gradients, and computes all of them at once.</summary>
/// <param name="network">The network, which trains.</param>
/// <param name="input">[N, 3, S, S], normalized as its specification says.</param>
/// <param name="precision">In which numbers the convolutions compute.</param>
internal sealed class WholePass(SsdNetwork network, Tensor input, Precision precision) : ITrainingPass
{
    /// <inheritdoc/>
    public Predictions Predictions { get; } = network.Predict(input, precision);

    /// <inheritdoc/>
    public void Backward(Tensor objective) => objective.backward();
}
