using System.Globalization;
using SingleShot.Data.Coco;
using SingleShot.Images;
using SingleShot.Runtime;

namespace SingleShot.Data.Shapes;

/// <summary>Makes a data set of colored shapes on blotchy backgrounds, small enough to train on without a GPU or a download.</summary>
/// <remarks>
/// A picture has up to five shapes, from 15 to 70 hundredths of its side before they are stretched, none of them hidden by more than
/// two fifths; three pictures in a hundred have none. A box is that of the whole shape, what is hidden of it included. The same seed
/// draws the same pictures on every machine; their files are as the JPEG encoder at hand writes them.
/// </remarks>
public static class ShapesGenerator
{
    private const string ImageFolder = "images";
    private const string AnnotationFile = "instances.json";
    private const int JpegQuality = 92;
    private const double MaxStretch = 8;
    private const int SmallestSide = 32; // shapes are at least 15 hundredths of it, five pixels, which still differ

    /// <summary>Writes the set as COCO does, <c>images/000001.jpg</c> and so on beside <c>instances.json</c>, and reads it back.</summary>
    /// <param name="folder">
    /// Where to. A set of the same count, seed, size and stretch is left alone and read; another generated set is replaced. The new set appears
    /// when it is whole.
    /// </param>
    /// <param name="count">How many pictures, at least 1.</param>
    /// <param name="seed">What the pictures follow from; picture i is the same in a set of any count.</param>
    /// <param name="size">Side of the pictures, in pixels, at least 32.</param>
    /// <param name="stretch">
    /// How many times as long as they are wide the shapes are drawn, half of them lying and half standing, from 1 to 8. With 1, as
    /// they are without it, their boxes are nearly square. They keep their area, but for the largest, which are made to fit.
    /// </param>
    /// <returns>The data set, with the classes of <see cref="Shape.ClassNames"/>.</returns>
    /// <exception cref="IOException">The folder holds something that was not generated here, or cannot be written.</exception>
    public static DataSet Write(string folder, int count, int seed, int size = 96, double stretch = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        CheckDrawing(size, stretch);
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var info = new ShapesInfo(count, seed, size, stretch);
        if (!IsWhole(folder, info))
        {
            RequireReplaceable(folder);
            var partial = $"{folder}.{Guid.NewGuid():N}.partial";
            try
            {
                WriteInto(partial, info);
                MoveInPlace(partial, folder);
            }
            catch (Exception e) when (Cause(e) is IOException or UnauthorizedAccessException)
            {
                throw new IOException($"{folder} cannot be written: {Cause(e).Message} What was there before is as it was.", e);
            }
            finally
            {
                DeleteFolder(partial);
            }
        }
        return CocoReader.Read(Path.Combine(folder, AnnotationFile), Path.Combine(folder, ImageFolder));
    }

    /// <summary>Draws one picture of a set, without a file.</summary>
    /// <param name="seed">The set's seed.</param>
    /// <param name="index">The picture's index, from 0.</param>
    /// <param name="size">Side of the picture, in pixels, at least 32.</param>
    /// <param name="stretch">How many times as long as wide the shapes are drawn, 1 to 8.</param>
    public static Example Draw(int seed, int index, int size = 96, double stretch = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        CheckDrawing(size, stretch);
        var random = new Random(Seeds.Mix(seed, index));
        var painter = new ShapePainter(size, random);
        var shapes = ShapeScene.Draw(size, stretch, random);
        foreach (var shape in shapes)
        {
            painter.Paint(shape);
        }
        var image = RgbImage.Create(size, size, painter.Write);
        var truths = shapes.Select(shape => new GroundTruth(shape.Box.ClipTo(size, size), shape.Label) { Area = shape.Area });
        return new Example(image, [.. truths]);
    }

    private static void CheckDrawing(int size, double stretch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, SmallestSide);
        Checked.Between(stretch, 1, MaxStretch);
    }

    private static void WriteInto(string folder, ShapesInfo info)
    {
        var images = Directory.CreateDirectory(Path.Combine(folder, ImageFolder)).FullName;
        var truths = new IReadOnlyList<GroundTruth>[info.Count];
        Parallel.For(0, info.Count, index =>
        {
            var example = Draw(info.Seed, index, info.Size, info.Stretch);
            File.WriteAllBytes(Path.Combine(images, FileName(index)), ImageFile.Encode(example.Image, ImageFormat.Jpeg, JpegQuality));
            truths[index] = example.Truths;
        });
        info.Write(Path.Combine(folder, AnnotationFile), truths, FileName);
    }

    private static string FileName(int index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1:D6}.jpg");

    private static bool IsWhole(string folder, ShapesInfo info) =>
        ShapesInfo.Read(Path.Combine(folder, AnnotationFile)) == info
        && Enumerable.Range(0, info.Count).All(index => File.Exists(Path.Combine(folder, ImageFolder, FileName(index))));

    /// <summary>Only a generated set may be overwritten: a wrong path must not cost anybody their data.</summary>
    private static void RequireReplaceable(string folder)
    {
        var occupied = File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any());
        if (occupied && ShapesInfo.Read(Path.Combine(folder, AnnotationFile)) is null)
        {
            throw new IOException($"{folder} holds something else than generated shapes: name another folder, or empty this one.");
        }
    }

    private static void MoveInPlace(string partial, string folder)
    {
        var old = $"{folder}.{Guid.NewGuid():N}.old";
        if (Directory.Exists(folder))
        {
            Directory.Move(folder, old);
        }
        try
        {
            Directory.Move(partial, folder);
        }
        catch when (Directory.Exists(old))
        {
            Directory.Move(old, folder);
            throw;
        }
        DeleteFolder(old);
    }

    // What goes wrong in a parallel loop comes once for each of its threads.
    private static Exception Cause(Exception e) => e is AggregateException { InnerException: { } first } ? first : e;

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
