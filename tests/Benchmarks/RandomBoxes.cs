using SingleShot.Models;
using static TorchSharp.torch;

namespace SingleShot.Benchmarks;

/// <summary>Boxes at random places, from torch's own generator, to give kernels work.</summary>
internal static class RandomBoxes
{
    /// <summary>Corners [.., 4] as fractions of the image; each side is 2 to 20 % of it.</summary>
    public static Tensor Corners(params long[] shape)
    {
        var corner = rand([.. shape, 2]) * 0.8;
        return cat([corner, corner + 0.02 + rand([.. shape, 2]) * 0.18], -1);
    }

    /// <summary>What the images of a batch show: as many objects in each.</summary>
    public static Targets Targets(int images, int objects, int classes) =>
        new(Corners(images, objects).to(float64), randint(0, classes, [images, objects], dtype: int64), ones([images, objects], @bool));
}
