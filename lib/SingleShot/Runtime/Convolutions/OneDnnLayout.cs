using static TorchSharp.torch;

namespace SingleShot.Runtime.Convolutions;

/// <summary>The layout of memory in which oneDNN convolves: blocks of 8 or 16 channels. Gradients pass through both functions.</summary>
internal static class OneDnnLayout
{
    // TorchSharp has neither of the two.
    private static readonly Lazy<jit.CompilationUnit> Script = new(() => jit.compile("""
        def blocked(x: Tensor) -> Tensor:
            return x.to_mkldnn()

        def dense(x: Tensor) -> Tensor:
            return x.to_dense()

        """));

    /// <summary>A tensor of libtorch's layout in that of oneDNN.</summary>
    public static Tensor Blocked(Tensor x) => Converted("blocked", x);

    /// <summary>A tensor of oneDNN's layout in that of libtorch.</summary>
    public static Tensor Dense(Tensor x) => Converted("dense", x);

    private static Tensor Converted(string function, Tensor x) => (Tensor)Script.Value.invoke(function, x)!;
}
