using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SingleShot.Networks;

/// <summary>A small base network for a CPU; batch normalization lets it train from nothing in minutes.</summary>
internal static class SmallBase
{
    /// <summary>To stride 8, and from there to stride 16.</summary>
    public static BaseStages Stages()
    {
        var toStride8 = ToStride8();
        return new BaseStages(toStride8, [toStride8], [ToStride16()], [64, 96]);
    }

    /// <summary>[N, 3, 96, 96] to [N, 64, 12, 12].</summary>
    private static Sequential ToStride8() => Sequential(
    [
        .. Convolution(3, 24, stride: 2),
        .. Convolution(24, 32, stride: 2),
        .. Convolution(32, 48),
        .. Convolution(48, 64, stride: 2),
        .. Convolution(64, 64),
    ]);

    /// <summary>[N, 64, 12, 12] to [N, 96, 6, 6].</summary>
    private static Sequential ToStride16() => Sequential([.. Convolution(64, 96, stride: 2), .. Convolution(96, 96)]);

    private static Module<Tensor, Tensor>[] Convolution(int input, int output, int stride = 1) =>
        [Conv2d(input, output, 3, stride, 1, bias: false), new BatchNormalization(output), ReLU()];
}
