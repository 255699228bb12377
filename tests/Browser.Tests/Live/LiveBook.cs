using SingleShot.Data.Shapes;
using SingleShot.Images;
using Workbook.Book;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser.Tests.Live.LiveBook))]

namespace Browser.Tests.Live;

/// <summary>Books of no lessons with the page of the live detector: one with the runtime that npm brings, if it is there, and one without.</summary>
public sealed class LiveBook : IDisposable
{
    /// <summary>The folder that the page is made of.</summary>
    public static readonly string Source = Path.Combine(Repository.Root, "notebooks", "live");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly Lazy<string> _whole;

    public LiveBook() => _whole = new Lazy<string>(() => Write("whole", Source));

    /// <summary>The page with everything that it needs; skips the test where the runtime is missing.</summary>
    public string Page
    {
        get
        {
            Assert.SkipUnless(
                Directory.Exists(Path.Combine(Source, "node_modules", "onnxruntime-web")), "ONNX Runtime Web is missing: npm install --prefix notebooks/live");
            return _whole.Value;
        }
    }

    /// <summary>A picture of drawn shapes, which the detector was not trained on.</summary>
    public static RgbImage Picture(int index, int size = 96) => ShapesGenerator.Draw(seed: 2, index, size).Image;

    /// <summary>A page of its own, which a test may damage.</summary>
    /// <param name="name">Unlike any other's.</param>
    /// <param name="withRuntime">Whether the runtime is there.</param>
    public string Copy(string name, bool withRuntime)
    {
        if (withRuntime)
        {
            _ = Page;
            return Write(name, Source);
        }

        var source = Path.Combine(_folder.FullName, $"{name}-source", "live");
        foreach (var file in Directory.GetFiles(Source).Concat(Directory.GetFiles(Path.Combine(Source, "examples"))))
        {
            var copy = Path.Combine(source, Path.GetRelativePath(Source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return Write(name, source);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string source)
    {
        var lessons = Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;
        var book = Path.Combine(lessons, "book");
        BookWriter.Write(lessons, book, source);
        return Path.Combine(book, "live.html");
    }
}
