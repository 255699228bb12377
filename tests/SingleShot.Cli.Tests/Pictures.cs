using SingleShot.Data.Shapes;
using SingleShot.Images;

namespace SingleShot.Cli.Tests;

/// <summary>Pictures of generated shapes, which the model that comes with the program knows.</summary>
internal static class Pictures
{
    /// <summary>Writes some pictures, <c>picture-00.png</c> and so on.</summary>
    public static IReadOnlyList<string> Write(TemporaryFolder folder, string name, int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var path = folder.File(name, $"picture-{i:00}.png");
        ImageFile.Write(path, ShapesGenerator.Draw(seed: 11, i).Image);
        return path;
    })];
}
