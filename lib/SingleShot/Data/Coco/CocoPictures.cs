using System.Globalization;
using SingleShot.Images;

namespace SingleShot.Data.Coco;

/// <summary>Looks for the pictures of an annotation file, and asks those for their size whose size it does not say.</summary>
internal sealed class CocoPictures(string file, string folder, Orientation orientation, List<Finding> findings)
{
    private readonly Leniencies _leniencies = new();

    /// <summary>The leniencies that there were, a line for each kind.</summary>
    public IEnumerable<Finding> Leniencies => _leniencies.Findings(file);

    /// <summary>A sample without objects for each image; null in the place of one that cannot be used, which becomes a finding.</summary>
    public Sample?[] Find(IReadOnlyList<CocoImage> images)
    {
        var files = new FolderFiles(folder, _leniencies);
        var samples = new Sample?[images.Count];
        for (var i = 0; i < samples.Length; i++)
        {
            var image = images[i];
            if (files.FindPicture(image.FileName) is not { } path)
            {
                Report(FindingKind.MissingImage, image, $"{Path.Combine(folder, image.FileName)} does not exist");
            }
            else if (image.Width > 0)
            {
                samples[i] = Of(image, path, image.Width, image.Height);
            }
            else if (SizeOf(image, path) is (var width, var height))
            {
                samples[i] = Of(image, path, width, height);
            }
        }
        return samples;
    }

    private Sample Of(CocoImage image, string path, int width, int height) => new(image.Id.ToString(CultureInfo.InvariantCulture), path, width, height, []) { Orientation = orientation };

    private (int Width, int Height)? SizeOf(CocoImage image, string path)
    {
        try
        {
            var size = ImageFile.ReadHeader(path).Size(orientation);
            _leniencies.Note("an image has no width or no height; the picture's own are taken", $"image {image.Id}");
            return size;
        }
        catch (ImageFileException e)
        {
            Report(FindingKind.Unreadable, image, $"has no width or no height, and {e.Message.TrimEnd('.')}");
            return null;
        }
    }

    private void Report(FindingKind kind, CocoImage image, string problem) =>
        findings.Add(new Finding(kind, $"{file}: image {image.Id}: {problem}; skipped with its annotations") { ImageId = $"{image.Id}" });
}
