using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SingleShot.Winograd;

/// <summary>Memory for what lies between two steps of a convolution. It is libtorch's, so that what <c>TorchRuntime.KeptMemory</c> says holds for it.</summary>
internal sealed unsafe class Scratch : IDisposable
{
    /// <summary>Numbers of a line of a cache: 64 bytes. What begins within one lies in two, and takes twice as long to load.</summary>
    public const int Line = 16;

    private readonly Tensor _tensor;

    /// <summary>Takes memory; it holds what it held before.</summary>
    /// <param name="numbers">How many numbers it holds.</param>
    public Scratch(long numbers)
    {
        _tensor = empty([numbers], dtype: ScalarType.Float32, device: CPU).DetachFromDisposeScope();
        Start = Of(_tensor);
    }

    /// <summary>The first number, at a multiple of 64 bytes.</summary>
    public float* Start { get; }

    /// <summary>
    /// The length of one of several parts that are gone through side by side, with as much added as puts their beginnings into different places of a cache: an odd number of
    /// its lines of 64 bytes.
    /// </summary>
    public static nint Apart(nint numbers) => (((numbers + Line - 1) / Line) | 1) * Line;

    /// <summary>The first place at or after another one at which a line of a cache begins.</summary>
    public static float* Aligned(float* place) => (float*)(((nint)place + (Line * sizeof(float)) - 1) & -(Line * sizeof(float)));

    /// <summary>The first number of a contiguous float32 tensor on the CPU, which has to outlive the pointer.</summary>
    public static float* Of(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    /// <inheritdoc/>
    public void Dispose() => _tensor.Dispose();
}
