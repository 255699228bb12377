using SingleShot.Networks;
using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Training;

/// <summary>A running average of a network's weights over the steps of a training, which detects better than the last step's where the steps are noisy.</summary>
/// <remarks>
/// <code>
/// average = d * average + (1 - d) * weights,   d = min(decay, (1 + t) / (10 + t))
/// </code>
/// after step t. The second number lets the average forget the fresh weights soon. Running means and variances are averaged alike; whole
/// numbers are taken over. Polyak and Juditsky 1992; the d of the first steps is TensorFlow's, in ExponentialMovingAverage.
/// </remarks>
public sealed class WeightAverage : IDisposable
{
    private readonly SsdNetwork _network;
    private readonly double _decay;
    private readonly Dictionary<string, Tensor> _averages = [];

    /// <summary>Begins with the weights as they are.</summary>
    /// <param name="network">The network that is trained, on its device; it stays the caller's.</param>
    /// <param name="decay">What the average keeps of itself, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is out of its range.</exception>
    public WeightAverage(SsdNetwork network, double decay)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_network, _decay) = (network, Checked.Between(decay, 0, 1));
        foreach (var (name, value) in network.state_dict())
        {
            _averages[name] = value.detach().clone().DetachFromDisposeScope();
        }
    }

    /// <summary>Steps that are in the average.</summary>
    public int Steps { get; private set; }

    /// <summary>The averages by the names of the network's own tensors. They are this object's.</summary>
    public IReadOnlyDictionary<string, Tensor> Values => _averages;

    /// <summary>Takes the weights of a step in.</summary>
    public void Update()
    {
        Steps++;
        var kept = Math.Min(_decay, (1.0 + Steps) / (10.0 + Steps));
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, value) in _network.state_dict())
        {
            if (value.is_floating_point())
            {
                _averages[name].TimesInPlace(kept).PlusInPlace(value, 1 - kept);
            }
            else
            {
                _averages[name].copy_(value);
            }
        }
    }

    /// <summary>A network with the averaged weights, to detect and to evaluate with.</summary>
    /// <returns>A new network on the CPU, which the caller disposes of.</returns>
    public SsdNetwork ToNetwork()
    {
        var network = new SsdNetwork(_network.Specification, seed: 0);
        network.TakeOver(_averages);
        return network;
    }

    /// <summary>Frees the averages. The network stays.</summary>
    public void Dispose()
    {
        foreach (var average in _averages.Values)
        {
            average.Dispose();
        }
    }

    /// <summary>Goes on with the averages of a training that stopped.</summary>
    internal void Continue(IReadOnlyDictionary<string, Tensor> averages, int steps)
    {
        using var gradients = no_grad();
        foreach (var (name, value) in _averages)
        {
            value.copy_(averages[name]);
        }
        Steps = steps;
    }
}
