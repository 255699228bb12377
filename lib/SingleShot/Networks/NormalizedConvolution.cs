using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SingleShot.Networks;

/// <summary>A convolution, batch normalization and an activation: what MobileNet and SSDLite are built of.</summary>
internal static class NormalizedConvolution
{
    // torchvision's for SSDLite; the published weights need this epsilon.
    private const double Epsilon = 0.001;
    private const double Momentum = 0.03;

    /// <summary>[N, input, H, W] to [N, output, H / stride, W / stride], rounded up.</summary>
    /// <param name="input">Channels that go in.</param>
    /// <param name="output">Channels that come out.</param>
    /// <param name="kernel">Side of the kernel, odd; the edge is padded so that stride 1 keeps the size.</param>
    /// <param name="activation">What follows the normalization; nothing for null.</param>
    /// <param name="stride">Cells from one output to the next.</param>
    public static Sequential Layer(int input, int output, int kernel, Module<Tensor, Tensor>? activation, int stride = 1) =>
        Grouped(input, output, kernel, activation, stride, groups: 1);

    /// <summary>The same with a depthwise convolution: each channel is convolved by itself.</summary>
    public static Sequential Depthwise(int channels, int kernel, Module<Tensor, Tensor>? activation, int stride = 1, int? padding = null, int dilation = 1) =>
        Grouped(channels, channels, kernel, activation, stride, groups: channels, padding, dilation);

    private static Sequential Grouped(
        int input, int output, int kernel, Module<Tensor, Tensor>? activation, int stride, int groups, int? padding = null, int dilation = 1)
    {
        var layers = Sequential(
            Conv2d(input, output, kernel, stride, padding ?? kernel / 2, dilation, groups: groups, bias: false),
            new BatchNormalization(output, Epsilon, Momentum));
        return activation is null ? layers : layers.append(activation);
    }
}
