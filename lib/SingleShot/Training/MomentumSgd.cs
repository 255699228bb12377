using SingleShot.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Training;

/// <summary>Stochastic gradient descent with momentum and weight decay, as PyTorch computes it.</summary>
/// <remarks>
/// <code>
/// v = momentum * v + (gradient + weightDecay * w)   w = w - rate * v
/// </code>
/// with v = 0 at first. TorchSharp's own makes three numbers for each parameter at each step that are not held
/// (<see cref="ScalarArithmetic"/>).
/// </remarks>
public sealed class MomentumSgd : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly Tensor?[] _velocities;
    private readonly double _momentum;
    private readonly double _weightDecay;

    /// <param name="parameters">The parameters to train. They stay the caller's.</param>
    /// <param name="momentum">The share of the last step that is added to the next one, 0 to 1.</param>
    /// <param name="weightDecay">Weight decay, 0 or more: the gradient of each step gets this factor times the weights added.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public MomentumSgd(IEnumerable<Parameter> parameters, double momentum, double weightDecay)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = [.. parameters];
        _velocities = new Tensor?[_parameters.Length];
        (_momentum, _weightDecay) = (Checked.Between(momentum, 0, 1), Checked.AtLeast(weightDecay, 0));
    }

    /// <summary>The momentum's v of each parameter, in their order; null before its first step.</summary>
    internal IReadOnlyList<Tensor?> Velocities => _velocities;

    /// <summary>Forgets the gradients of the last step.</summary>
    public void ZeroGradients()
    {
        foreach (var parameter in _parameters)
        {
            parameter.grad = null;
        }
    }

    /// <summary>Multiplies the gradients of all parameters.</summary>
    /// <param name="factor">A finite number.</param>
    public void ScaleGradients(double factor)
    {
        using var gradients = no_grad();
        foreach (var parameter in _parameters)
        {
            parameter.grad?.TimesInPlace(factor);
        }
    }

    /// <summary>Takes a step against the gradients; a parameter without one stays.</summary>
    /// <param name="rate">The learning rate, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite; no parameter was changed.</exception>
    public void Step(double rate)
    {
        Checked.AtLeast(rate, 0);
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        for (var i = 0; i < _parameters.Length; i++)
        {
            var weights = _parameters[i];
            if (weights.grad is not { } gradient)
            {
                continue;
            }
            var velocity = _velocities[i] ??= zeros_like(weights).DetachFromDisposeScope();
            if (SgdPass.Takes(weights, gradient, velocity))
            {
                SgdPass.Run(weights, gradient, velocity, _momentum, _weightDecay, rate);
                continue;
            }
            velocity.TimesInPlace(_momentum).PlusInPlace(gradient.Plus(weights, _weightDecay));
            weights.PlusInPlace(velocity, -rate);
        }
    }

    /// <summary>Frees the velocities. The parameters stay.</summary>
    public void Dispose()
    {
        foreach (var velocity in _velocities)
        {
            velocity?.Dispose();
        }
    }

    /// <summary>Takes over the velocity of another optimizer; null begins anew.</summary>
    internal void Continue(int parameter, Tensor? velocity)
    {
        _velocities[parameter]?.Dispose();
        _velocities[parameter] = velocity;
    }
}
