using static TorchSharp.torch;

namespace SingleShot.Winograd;

/// <summary>
/// The gradient that one function of a backward pass gave to the next. libtorch takes hold of it, but only after it was given; so it is let go of here when the next function is
/// asked. Otherwise the gradients of all maps would stay in memory until the caller's dispose scope ends.
/// </summary>
internal sealed class PassedGradient
{
    private Tensor? _last;

    /// <summary>Lets go of the last gradient.</summary>
    public void LetGo() => _last?.Dispose();

    /// <summary>Remembers a gradient that is about to be given; null where there is none.</summary>
    public void Remember(Tensor? gradient) => _last = gradient;
}
