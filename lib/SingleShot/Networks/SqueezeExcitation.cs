using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SingleShot.Networks;

/// <summary>
/// Weighs each channel by what the whole map shows (arXiv 1709.01507), with MobileNetV3's hard sigmoid.
/// </summary>
internal sealed class SqueezeExcitation : Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Conv2d fc1;
    private readonly TorchSharp.Modules.Conv2d fc2;

    /// <param name="channels">Channels of the map.</param>
    /// <param name="squeezed">Channels in between, fewer.</param>
    public SqueezeExcitation(int channels, int squeezed) : base(nameof(SqueezeExcitation))
    {
        fc1 = Conv2d(channels, squeezed, 1);
        fc2 = Conv2d(squeezed, channels, 1);
        RegisterComponents();
    }

    /// <summary>[N, C, H, W] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        var mean = functional.adaptive_avg_pool2d(input, 1);              // [N, C, 1, 1]
        var squeezed = functional.relu(fc1.call(mean));                   // [N, squeezed, 1, 1]
        return functional.hardsigmoid(fc2.call(squeezed)) * input;        // [N, C, H, W]
    }
}
