using TorchSharp.Modules;

namespace SingleShot.Training;

/// <summary>What happens between the gradients and the step where several processes train copies of one network together.</summary>
public interface IGradientExchange
{
    /// <summary>Adds up the gradients of all processes. It is called once in each step, on the training thread, in every process.</summary>
    /// <param name="mine">What this process did; its gradients are those of the sums that its loss divides by the matches.</param>
    /// <param name="parameters">The parameters, in the network's order. Afterwards each one's gradient is the sum over all processes, to the last bit the same in each.</param>
    /// <returns>What each process did, in an order that is the same for all of them.</returns>
    IReadOnlyList<TrainingStep> Exchange(TrainingStep mine, IReadOnlyList<Parameter> parameters);
}
