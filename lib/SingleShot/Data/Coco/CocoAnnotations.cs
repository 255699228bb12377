namespace SingleShot.Data.Coco;

/// <summary>What a COCO annotation file says, as evaluation needs it: nothing clipped, no image looked for.</summary>
/// <remarks>
/// A record that cannot be used is left out and named in <see cref="Problems"/>; the rest is kept. Ids of annotations are not needed, nor
/// sizes of images, and numbers may stand in quotation marks; each such leniency is a line there. For training, and to look at the
/// images, read the file with <see cref="CocoReader"/>; labels and images are the same.
/// </remarks>
public sealed class CocoAnnotations
{
    private readonly Dictionary<long, int> _images = [];
    private readonly Dictionary<long, int> _labels = [];

    internal CocoAnnotations(
        string name, IReadOnlyList<CocoCategory> categories, IReadOnlyList<CocoImage> images, IReadOnlyList<CocoObject> objects,
        IReadOnlyList<Finding> findings)
    {
        (Name, Categories, Images, Objects, Findings) = (name, categories, images, objects, findings);
        for (var i = 0; i < images.Count; i++)
        {
            _images.Add(images[i].Id, i);
        }
        for (var label = 0; label < categories.Count; label++)
        {
            _labels.Add(categories[label].Id, label);
        }
    }

    /// <summary>The file that it was read from.</summary>
    public string Name { get; }

    /// <summary>The classes by rising id: a label is an index here, so that COCO's ids of 1 to 90 become 0 to 79.</summary>
    public IReadOnlyList<CocoCategory> Categories { get; }

    /// <summary>The images in the order of the file.</summary>
    public IReadOnlyList<CocoImage> Images { get; }

    /// <summary>The objects in the order of the file.</summary>
    public IReadOnlyList<CocoObject> Objects { get; }

    /// <summary>What was left out in reading, a line each, and a line for each leniency; empty when there was nothing.</summary>
    public IReadOnlyList<string> Problems => [.. Findings.Select(finding => finding.Text)];

    internal IReadOnlyList<Finding> Findings { get; }

    /// <summary>How many images the file lists, those that cannot be used among them.</summary>
    internal int Listed { get; init; }

    /// <summary>
    /// Reads an instances file; of its outlines, most of its bytes, nothing is kept but the box around one where an object has no other.
    /// </summary>
    /// <param name="path">For instance <c>annotations/instances_val2017.json</c>.</param>
    /// <returns>Its categories, images and objects.</returns>
    /// <exception cref="InvalidDataException">
    /// Not a COCO file (the message has path, line and position), or not one of its annotations can be used, as where ids are words.
    /// </exception>
    /// <exception cref="IOException">The file is missing or cannot be opened.</exception>
    public static CocoAnnotations Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path} does not exist: download it, or check the path.", path);
        }
        var records = new CocoRecords(path, outlines: false);
        return (records.NeedsOutlines ? new CocoRecords(path, outlines: true) : records).Link();
    }

    /// <summary>The same of some images only, as where a detector was run over a part of the set.</summary>
    /// <param name="imageIds">Ids of the images to keep.</param>
    /// <returns>Those images in the order of the file, their objects, and every category.</returns>
    /// <exception cref="ArgumentException">There is no image of such an id.</exception>
    public CocoAnnotations Only(IEnumerable<long> imageIds)
    {
        ArgumentNullException.ThrowIfNull(imageIds);
        var kept = new int[Images.Count]; // 1 for an image to keep, then its new index
        foreach (var id in imageIds)
        {
            var image = ImageIndex(id) ?? throw new ArgumentException($"{Name} has no image {id}.", nameof(imageIds));
            kept[image] = 1;
        }
        var images = Images.Where((_, index) => kept[index] == 1).ToArray();
        for (int index = 0, next = 0; index < kept.Length; index++)
        {
            kept[index] = kept[index] == 1 ? next++ : -1;
        }
        var objects = Objects.Where(item => kept[item.Image] >= 0).Select(item => item with { Image = kept[item.Image] }).ToArray();
        return new CocoAnnotations(Name, Categories, images, objects, Findings) { Listed = Listed };
    }

    /// <summary>Index in <see cref="Images"/> of the image of this id; null where there is none.</summary>
    public int? ImageIndex(long id) => _images.TryGetValue(id, out var index) ? index : null;

    /// <summary>Index in <see cref="Categories"/> of the category of this id; null where there is none.</summary>
    public int? Label(long categoryId) => _labels.TryGetValue(categoryId, out var label) ? label : null;
}

/// <summary>A class of objects as a COCO file lists it.</summary>
/// <param name="Id">Its number in the file; COCO's own run from 1 to 90 with gaps, 80 in all.</param>
/// <param name="Name">Its name.</param>
public sealed record CocoCategory(long Id, string Name);

/// <summary>An image as a COCO file lists it.</summary>
/// <param name="Id">Its number in the file.</param>
/// <param name="FileName">Name of its file, relative to the folder of the images.</param>
/// <param name="Width">Columns, at least 1; 0 where the file does not say, and the picture has to be asked.</param>
/// <param name="Height">Rows, as <paramref name="Width"/>.</param>
public sealed record CocoImage(long Id, string FileName, int Width, int Height);

/// <summary>An object as a COCO file marks it, neither clipped to its image nor otherwise changed.</summary>
/// <param name="Id">The annotation's number in the file, which others may have too; its place in the list, from 0, where it has none.</param>
/// <param name="Image">Index of its image in <see cref="CocoAnnotations.Images"/>.</param>
/// <param name="Label">Index of its class in <see cref="CocoAnnotations.Categories"/>.</param>
/// <param name="Box">Where it is; finite, its sizes not negative, but maybe 0.</param>
/// <param name="Area">The area of its outline in square pixels, or the box's where the file gives none.</param>
/// <param name="Crowd">True for a region with many objects.</param>
public readonly record struct CocoObject(long Id, int Image, int Label, CocoBox Box, double Area, bool Crowd);
