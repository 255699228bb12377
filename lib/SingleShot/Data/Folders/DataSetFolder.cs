using SingleShot.Data.Coco;
using SingleShot.Data.Voc;

namespace SingleShot.Data.Folders;

/// <summary>Opens a data set by its folder, whichever of the known layouts it has.</summary>
public static class DataSetFolder
{
    /// <summary>Reads one split of a data set.</summary>
    /// <param name="root">
    /// The folder. Pascal VOC has <c>Annotations</c>, <c>ImageSets/Main</c> and <c>JPEGImages</c> in it; COCO has
    /// <c>annotations/instances_SPLIT.json</c> and a folder of images called SPLIT; the generated shapes have
    /// <c>SPLIT/instances.json</c> and <c>SPLIT/images</c>.
    /// </param>
    /// <param name="split">The split: <c>train</c>, <c>val</c>, <c>trainval</c>, <c>train2017</c> and so on.</param>
    /// <param name="classNames">The classes of a model that the labels should fit, for Pascal VOC; those found when left out.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist, or has none of the layouts.</exception>
    /// <exception cref="InvalidDataException">What is there cannot be read; the message says which file and why.</exception>
    public static DataSet Read(string root, string split, IReadOnlyList<string>? classNames = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentException.ThrowIfNullOrEmpty(split);
        if (Directory.Exists(Path.Combine(root, "ImageSets", "Main")))
        {
            return VocReader.Read(root, split, classNames);
        }
        (string Annotations, string Images)[] layouts =
        [
            (Path.Combine(root, "annotations", $"instances_{split}.json"), Path.Combine(root, split)),
            (Path.Combine(root, split, "instances.json"), Path.Combine(root, split, "images")),
        ];
        foreach (var (annotations, images) in layouts)
        {
            if (File.Exists(annotations))
            {
                return CocoReader.Read(annotations, images);
            }
        }
        throw new DirectoryNotFoundException(
            $"{Path.GetFullPath(root)} holds no data set with a split '{split}': neither ImageSets/Main (Pascal VOC) nor "
            + $"annotations/instances_{split}.json (COCO) nor {split}/instances.json (the generated shapes) is there.");
    }
}
