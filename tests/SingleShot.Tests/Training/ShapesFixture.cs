using SingleShot.Data;
using SingleShot.Data.Shapes;

namespace SingleShot.Tests.Training;

/// <summary>A few generated shapes in a folder of their own, for the tests of one class.</summary>
public sealed class ShapesFixture : IDisposable
{
    public ShapesFixture()
    {
        Folder = Directory.CreateTempSubdirectory("shapes").FullName;
        Data = ShapesGenerator.Write(Path.Combine(Folder, "train"), 48, seed: 5);
    }

    public string Folder { get; }

    public DataSet Data { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
