using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SingleShot.Networks;

/// <summary>
/// VGG16 as SSD uses it (section 2 of the paper): to conv5_3, then conv6 and conv7 made from its classifier, conv6 dilated.
/// </summary>
/// <remarks>
/// Two parts: <see cref="ToConv43"/>, whose output feeds the finest map, and <see cref="ToConv7"/>, which goes on from there. The
/// order of the layers is that of torchvision, whose parameter names count them. Pool3 rounds up, so that 75 becomes 38; pool5
/// keeps the size.
/// </remarks>
internal static class Vgg16
{
    /// <summary>The two parts.</summary>
    public static BaseStages Stages()
    {
        var toConv43 = ToConv43();
        return new BaseStages(toConv43, [toConv43], [ToConv7()], [512, 1024]);
    }

    /// <summary>conv1_1 to conv4_3: [N, 3, 300, 300] to [N, 512, 38, 38].</summary>
    private static Sequential ToConv43() => Sequential(
    [
        .. Convolutions(3, 64, 64), MaxPool2d(2, 2),
        .. Convolutions(64, 128, 128), MaxPool2d(2, 2),
        .. Convolutions(128, 256, 256, 256), MaxPool2d(2, 2, ceil_mode: true),
        .. Convolutions(256, 512, 512, 512),
    ]);

    /// <summary>pool4 to conv7: [N, 512, 38, 38] to [N, 1024, 19, 19].</summary>
    private static Sequential ToConv7() => Sequential(
    [
        MaxPool2d(2, 2), .. Convolutions(512, 512, 512, 512),
        Sequential(
            MaxPool2d(3, 1, 1),
            Conv2d(512, 1024, 3, padding: 6, dilation: 6), ReLU(),
            Conv2d(1024, 1024, 1), ReLU()),
    ]);

    private static IEnumerable<Module<Tensor, Tensor>> Convolutions(int input, params int[] outputs)
    {
        foreach (var output in outputs)
        {
            yield return Conv2d(input, output, 3, padding: 1);
            yield return ReLU();
            input = output;
        }
    }
}
