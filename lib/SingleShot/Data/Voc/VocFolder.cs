using System.Xml;
using SingleShot.Images;

namespace SingleShot.Data.Voc;

/// <summary>An image and the objects in it whose boxes can be used, before their classes have labels.</summary>
/// <param name="Path">The annotation file.</param>
/// <param name="Sample">The image, as yet without objects.</param>
/// <param name="Objects">The objects.</param>
internal sealed record VocImage(string Path, Sample Sample, IReadOnlyList<VocAnnotation.Item> Objects);

/// <summary>Loads images by their ids, out of a folder of annotation files and one of pictures, which may be the same.</summary>
internal sealed class VocFolder(string annotations, string pictures, Orientation orientation, List<Finding> findings, Leniencies leniencies)
{
    private readonly FolderFiles _annotations = new(annotations, leniencies);
    private readonly FolderFiles _pictures = new(pictures, leniencies);

    /// <summary>Loads one; null where it cannot be used, which becomes a finding.</summary>
    public VocImage? Load(string id)
    {
        var path = _annotations.Find($"{id}.xml") ?? Path.Combine(annotations, $"{id}.xml");
        try
        {
            var annotation = new VocAnnotation(path, id, VocDocument.Load(path, leniencies), leniencies);
            if (FindPicture(annotation) is not { } picture)
            {
                Report(FindingKind.MissingImage, $"{path}: image {id} has no file in {pictures}; skipped");
                return null;
            }
            var (width, height) = annotation.Size ?? SizeOf(picture, id);
            var sample = new Sample(id, picture, width, height, []) { Orientation = orientation };
            return new VocImage(path, sample, annotation.Objects(width, height, findings));
        }
        catch (XmlException e)
        {
            Report(FindingKind.Unreadable, $"{path}: line {e.LineNumber}: not an annotation: {e.Message} Image {id} skipped");
        }
        catch (ImageFileException e)
        {
            Report(FindingKind.Unreadable, $"{path}: has no size of the image, and {e.Message} Image {id} skipped");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(FindingKind.Unreadable, $"{path}: {e.Message} Image {id} skipped");
        }
        return null;

        void Report(FindingKind kind, string problem) => findings.Add(new Finding(kind, problem) { ImageId = id });
    }

    private string? FindPicture(VocAnnotation annotation)
    {
        // The list's id names the file. The name inside the annotation comes second: tools leave it without extension, or of another disk.
        var byId = PictureNames.Readable.Select(extension => annotation.Id + extension);
        return annotation.FileName is { } name ? _pictures.Find([.. byId, name]) : _pictures.Find([.. byId]);
    }

    private (int Width, int Height) SizeOf(string picture, string id)
    {
        var size = ImageFile.ReadHeader(picture).Size(orientation);
        leniencies.Note("an annotation has no size of the image; the picture's own is taken", $"image {id}");
        return size;
    }
}
