using System.Xml.Linq;
using SingleShot.Images;
using SingleShot.Runtime.Files;

namespace SingleShot.Data.Voc;

/// <summary>Writes a data set in Pascal VOC's format: an XML file for each image, and a list of images.</summary>
/// <remarks>
/// Corners are whole pixels counted from 1, the last one included, as other programs want them: the smallest such box around the object. <see cref="VocReader"/>
/// takes one of a single column or row for a slip of the hand.
/// </remarks>
public static class VocWriter
{
    /// <summary>Writes one split.</summary>
    /// <param name="root">The folder, made where it is not there; other splits in it are kept. Pictures that are not in its <c>JPEGImages</c> are copied there.</param>
    /// <param name="split">The split's name: <c>train</c>, <c>val</c>, <c>test</c>.</param>
    /// <param name="set">The images, each called after its file. COCO's mark of a crowd has no counterpart, so crowds are left out.</param>
    /// <exception cref="ArgumentException">Two images are called alike.</exception>
    /// <exception cref="IOException">A file cannot be written; each file is written wholly or not at all.</exception>
    public static void Write(string root, string split, DataSet set)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentException.ThrowIfNullOrEmpty(split);
        ArgumentNullException.ThrowIfNull(set);
        var images = set.Samples.Select(sample => (Id: Path.GetFileNameWithoutExtension(sample.ImagePath), Sample: sample)).ToList();
        if (images.CountBy(image => image.Id).FirstOrDefault(one => one.Value > 1).Key is { } twice)
        {
            throw new ArgumentException($"Two images are called {twice}; in this format each needs a name of its own.", nameof(set));
        }
        var (annotations, lists, pictures) = (Made(root, "Annotations"), Made(root, "ImageSets", "Main"), Made(root, "JPEGImages"));
        foreach (var (id, sample) in images)
        {
            var picture = Path.Combine(pictures, Path.GetFileName(sample.ImagePath));
            if (Path.GetFullPath(picture) != Path.GetFullPath(sample.ImagePath))
            {
                Copy(sample.ImagePath, picture);
            }
            AtomicFile.Write(Path.Combine(annotations, id + ".xml"), Annotation(sample, set.ClassNames).Save);
        }
        AtomicFile.Write(Path.Combine(lists, split + ".txt"), stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            images.ForEach(image => writer.Write(image.Id + "\n"));
        });
    }

    private static XElement Annotation(Sample sample, IReadOnlyList<string> classNames) => new(
        "annotation",
        new XElement("filename", Path.GetFileName(sample.ImagePath)),
        new XElement("size", new XElement("width", sample.Width), new XElement("height", sample.Height), new XElement("depth", 3)),
        sample.Truths.Where(truth => !truth.Crowd).Select(truth => new XElement(
            "object",
            new XElement("name", classNames[truth.Label]),
            new XElement("difficult", truth.Difficult ? 1 : 0),
            new XElement(
                "bndbox",
                new XElement("xmin", (int)Math.Floor(truth.Box.Left) + 1), new XElement("ymin", (int)Math.Floor(truth.Box.Top) + 1),
                new XElement("xmax", (int)Math.Ceiling(truth.Box.Right)), new XElement("ymax", (int)Math.Ceiling(truth.Box.Bottom))))));

    private static void Copy(string from, string to)
    {
        if (!File.Exists(from))
        {
            throw new ImageFileException($"{from} does not exist: check the image folder.");
        }
        AtomicFile.Write(to, stream =>
        {
            using var picture = File.OpenRead(from);
            picture.CopyTo(stream);
        });
    }

    private static string Made(params string[] names) => Directory.CreateDirectory(Path.Combine(names)).FullName;
}
