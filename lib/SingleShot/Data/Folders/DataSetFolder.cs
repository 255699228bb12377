using SingleShot.Data.Coco;
using SingleShot.Data.Voc;
using SingleShot.Data.Yolo;
using SingleShot.Images;

namespace SingleShot.Data.Folders;

/// <summary>Opens a data set by its folder, whichever of the known layouts it has.</summary>
public static class DataSetFolder
{
    private static readonly string[] ClassLists = ["classes.txt", "obj.names"];

    /// <summary>Reads one split of a data set.</summary>
    /// <param name="root">
    /// The folder. Pascal VOC has <c>Annotations</c>, <c>ImageSets/Main</c> and <c>JPEGImages</c> in it, or, as some programs export it, a
    /// folder called SPLIT with an XML file beside each picture; COCO has
    /// <c>annotations/instances_SPLIT.json</c> and a folder of images called SPLIT, images/SPLIT or images, or
    /// <c>SPLIT/_annotations.coco.json</c> among the images; the generated shapes have <c>SPLIT/instances.json</c> and
    /// <c>SPLIT/images</c>; YOLO has a <c>data.yaml</c> that says where the images are, or a <c>classes.txt</c>.
    /// </param>
    /// <param name="split">The split: <c>train</c>, <c>val</c>, <c>trainval</c>, <c>train2017</c> and so on.</param>
    /// <param name="classNames">The classes of a model that the labels should fit; those found when left out.</param>
    /// <param name="orientation">Which way up the boxes are drawn on a picture that its camera says to turn, where its size does not tell.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist, has none of the layouts, or not this split.</exception>
    /// <exception cref="InvalidDataException">What is there cannot be read; the message says which file and why.</exception>
    public static DataSet Read(
        string root, string split, IReadOnlyList<string>? classNames = null, Orientation orientation = Orientation.Shown)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentException.ThrowIfNullOrEmpty(split);
        if (Directory.Exists(Path.Combine(root, "ImageSets", "Main")))
        {
            return VocReader.Read(root, split, classNames, orientation);
        }
        if (CocoLayouts(root, split).FirstOrDefault(layout => File.Exists(layout.Annotations)) is ({ } annotations, { } images))
        {
            return CocoReader.Read(annotations, images.FirstOrDefault(Directory.Exists) ?? images[0], classNames, orientation);
        }
        if (DataFile(root) is { } data)
        {
            return YoloReader.Read(data, split, classNames, orientation);
        }
        var besides = Path.Combine(root, split);
        if (Directory.Exists(besides) && Directory.EnumerateFiles(besides, "*.xml").Any())
        {
            return VocReader.ReadFolder(besides, besides, classNames, orientation);
        }
        throw new DirectoryNotFoundException(
            $"{Path.GetFullPath(root)} holds no data set with a split '{split}': neither ImageSets/Main nor {split}/*.xml (Pascal VOC) nor "
            + $"annotations/instances_{split}.json (COCO) nor data.yaml (YOLO) nor {split}/instances.json (the generated shapes) is there.");
    }

    /// <summary>The annotation file of a split in one of COCO's layouts, to evaluate by as pycocotools does.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="split">The split.</param>
    /// <returns>Its path; null where the folder has another layout.</returns>
    public static string? CocoFile(string root, string split) => Directory.Exists(Path.Combine(root, "ImageSets", "Main"))
        ? null
        : CocoLayouts(root, split).Select(layout => layout.Annotations).FirstOrDefault(File.Exists);

    private static (string Annotations, string[] Images)[] CocoLayouts(string root, string split) =>
    [
        (Path.Combine(root, "annotations", $"instances_{split}.json"), [Path.Combine(root, split), Path.Combine(root, "images", split), Path.Combine(root, "images")]),
        (Path.Combine(root, split, "instances.json"), [Path.Combine(root, split, "images")]),
        (Path.Combine(root, split, "_annotations.coco.json"), [Path.Combine(root, split)]),
    ];

    /// <summary>YOLO's data.yaml, or the one file of its kind under another name, or its list of classes.</summary>
    private static string? DataFile(string root)
    {
        string[] files = Directory.Exists(root) ? [.. Directory.EnumerateFiles(root).Where(path => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML")] : [];
        return files.FirstOrDefault(path => Path.GetFileNameWithoutExtension(path).Equals("data", StringComparison.OrdinalIgnoreCase))
            ?? (files is [var only] ? only : ClassLists.Select(name => Path.Combine(root, name)).FirstOrDefault(File.Exists));
    }
}
