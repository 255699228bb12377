using TorchSharp.Modules;

namespace SingleShot.Training;

/// <summary>What happens between the gradients and the step where several processes train copies of one network together.</summary>
public interface IGradientExchange
{
    /// <summary>Tells of gradients that are there while the others are still computed, so that they can be sent meanwhile.</summary>
    /// <param name="parameters">
    /// The parameters that have them, in the network's order. Until <see cref="Exchange"/>, which comes next, their gradients are left alone. In a step it is called
    /// once or not at all, on the training thread, in every process alike.
    /// </param>
    void Begin(IReadOnlyList<Parameter> parameters);

    /// <summary>Adds up the gradients of all processes. It is called once in each step, on the training thread, in every process.</summary>
    /// <param name="mine">What this process did; its gradients are those of the sums that its loss divides by the matches.</param>
    /// <param name="parameters">The parameters, in the network's order. Afterwards each one's gradient is the sum over all processes, to the last bit the same in each.</param>
    /// <returns>What each process did, in an order that is the same for all of them.</returns>
    IReadOnlyList<TrainingStep> Exchange(TrainingStep mine, IReadOnlyList<Parameter> parameters);
}
