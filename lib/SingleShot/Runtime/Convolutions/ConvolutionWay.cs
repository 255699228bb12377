using SingleShot.Winograd;

namespace SingleShot.Runtime.Convolutions;

/// <summary>How this library asks libtorch for a convolution. What is right in one way may be wrong in another: other code does the work.</summary>
internal enum ConvolutionWay
{
    /// <summary>float32, in libtorch's own layout of memory.</summary>
    Plain,

    /// <summary>float32, with the channels last in memory.</summary>
    ChannelsLast,

    /// <summary>float32, by <see cref="WinogradConvolution"/>.</summary>
    Tiled,

    /// <summary>bfloat16, in libtorch's own layout of memory.</summary>
    Bfloat16,
}
