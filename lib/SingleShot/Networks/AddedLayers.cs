using SingleShot.Models;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace SingleShot.Networks;

/// <summary>The SSD paper's layers after the base network: whole convolutions with biases.</summary>
internal static class PlainLayers
{
    /// <summary>Narrows, then convolves to the next map: [N, input, H, W] to [N, channels, H', W'].</summary>
    public static Sequential Extra(int input, ExtraLayer layer) => Sequential(
        Conv2d(input, layer.Narrow, 1), ReLU(),
        Conv2d(layer.Narrow, layer.Channels, layer.Kernel, layer.Stride, layer.Padding, layer.Dilation), ReLU());

    /// <summary>Predicts some numbers for each cell: [N, input, H, W] to [N, numbers, H, W].</summary>
    public static Conv2d Predictor(int input, int numbers) => Conv2d(input, numbers, 3, padding: 1);
}

/// <summary>SSDLite's layers after the base network: depthwise and pointwise convolutions (section 6.2 of arXiv 1801.04381).</summary>
internal static class SeparableLayers
{
    /// <summary>Narrows, convolves each channel, then widens to the next map: [N, input, H, W] to [N, channels, H', W'].</summary>
    public static Sequential Extra(int input, ExtraLayer layer) => Sequential(
        NormalizedConvolution.Layer(input, layer.Narrow, 1, ReLU6()),
        NormalizedConvolution.Depthwise(layer.Narrow, layer.Kernel, ReLU6(), layer.Stride, layer.Padding, layer.Dilation),
        NormalizedConvolution.Layer(layer.Narrow, layer.Channels, 1, ReLU6()));

    /// <summary>Predicts some numbers for each cell: [N, input, H, W] to [N, numbers, H, W].</summary>
    public static Sequential Predictor(int input, int numbers) => Sequential(
        NormalizedConvolution.Depthwise(input, 3, ReLU6()),
        Conv2d(input, numbers, 1));
}
