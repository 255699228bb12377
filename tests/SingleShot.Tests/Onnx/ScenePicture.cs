using SingleShot.Data.Shapes;
using SingleShot.Images;
using SingleShot.Models;
using static TorchSharp.torch;

namespace SingleShot.Tests.Onnx;

/// <summary>A drawn scene with the grain of a camera: no two places of it look the same, so that no two boxes have the same score.</summary>
internal static class ScenePicture
{
    private const int Grain = 24;
    private const int LeastScene = 32;

    public static RgbImage Draw(int index, int width, int height)
    {
        var (scene, random) = (ShapesGenerator.Draw(seed: 3, index, Math.Max(LeastScene, Math.Max(width, height))).Image, new Random(index));
        return RgbImage.Create(width, height, pixels =>
        {
            for (var i = 0; i < pixels.Length; i++)
            {
                var (row, place) = Math.DivRem(i, 3 * width);
                pixels[i] = (byte)Math.Clamp(scene.Pixels[row * 3 * scene.Width + place] + random.Next(-Grain, Grain), 0, 255);
            }
        });
    }

    /// <summary>One as a network takes it, [1, 3, S, S].</summary>
    public static Tensor Input(SsdSpecification model) =>
        ImageTensor.From(Draw(9, 300, 200), model.InputSize, model.Mean, model.StandardDeviation).unsqueeze(0);
}
