using TorchSharp;

namespace SingleShot.Runtime;

/// <summary>In which numbers convolutions compute. Weights, gradients, sums and the loss are float32 either way.</summary>
public enum Precision
{
    /// <summary>float32.</summary>
    Full,

    /// <summary>
    /// bfloat16: float32's range with 8 bits of precision, so that no gradient has to be scaled. For GPUs of compute capability 8.0 and above, and processors
    /// that multiply in it: AMD's from Zen 4 on, and Intel's with AMX. Elsewhere it is slower than float32.
    /// </summary>
    Bfloat16,
}

internal static class PrecisionScope
{
    /// <summary>While it is not disposed, this thread's convolutions on a device compute so.</summary>
    /// <returns>What ends it; null for float32.</returns>
    /// <exception cref="NotSupportedException">On this machine or with this libtorch only float32 can be trusted; the message says why.</exception>
    public static IDisposable? Begin(Precision precision, torch.Device device) => precision switch
    {
        Precision.Full => null,
        // What is compared with plain sums when libtorch loads is float32.
        Precision.Bfloat16 when device.type == DeviceType.CPU && TorchRuntime.WrongInBfloat16 is [var worst, ..] => throw new NotSupportedException(
            $"This processor's convolutions are wrong in bfloat16: {worst}. Compute in float32."),
        Precision.Bfloat16 => TorchRuntime.Switches.ComputeInBfloat16((int)device.type),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "There is no such precision."),
    };
}
