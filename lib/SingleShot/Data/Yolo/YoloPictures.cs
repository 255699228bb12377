using SingleShot.Images;

namespace SingleShot.Data.Yolo;

/// <summary>A picture of a split, and its label file where there is one.</summary>
/// <param name="Name">Its path within the folder, or as it is listed: names it in the data set.</param>
/// <param name="Path">The picture.</param>
/// <param name="LabelPath">The label file; null where there is none, and so no object.</param>
internal sealed record YoloPicture(string Name, string Path, string? LabelPath);

/// <summary>Gathers the pictures of a split, out of folders and lists.</summary>
internal sealed class YoloPictures(YoloData data, List<Finding> findings, Leniencies leniencies)
{
    private readonly FolderFiles _files = new(data.Base, leniencies);
    private readonly Dictionary<string, FolderFiles> _labels = [];
    private readonly HashSet<string> _seen = [];

    /// <summary>The pictures of these entries, those of a folder by name, those of a list in its order.</summary>
    /// <exception cref="DirectoryNotFoundException">An entry is neither a folder nor a list.</exception>
    public List<YoloPicture> Of(IReadOnlyList<string> entries) => [.. entries.SelectMany(Of)];

    private IEnumerable<YoloPicture> Of(string entry)
    {
        var path = Resolve(entry);
        if (Directory.Exists(path))
        {
            return Folder(path);
        }
        return (File.Exists(path) ? path : _files.Find(entry)) is { } list
            ? List(list)
            : throw new DirectoryNotFoundException($"{data.Path}: '{entry}' is neither a folder nor a list of pictures in {data.Base}.");
    }

    /// <summary>
    /// The place that an entry means. Some programs write it as it is beside the data set, <c>../train/images</c>, others as it was on the
    /// disk on which they ran; what is left of it without its beginning will do.
    /// </summary>
    private string Resolve(string entry)
    {
        var parts = entry.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        var path = Path.GetFullPath(Path.Combine(data.Base, entry.Replace('\\', '/')));
        // One last folder alone says too little: 'images' may hold those of all splits.
        for (var start = 0; !Path.Exists(path) && start + 1 < parts.Length; start++)
        {
            var end = Path.Combine([data.Base, .. parts[start..]]);
            if (parts[start] is not (".." or ".") && Path.Exists(end))
            {
                leniencies.Note("the place of a split is written otherwise than on the disk", $"'{entry}', taken for {end}");
                return end;
            }
        }
        return path;
    }

    private List<YoloPicture> Folder(string folder)
    {
        var pictures = new List<YoloPicture>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(PictureNames.IsPicture).Order(StringComparer.Ordinal))
        {
            Add(path, Path.GetRelativePath(folder, path).Replace('\\', '/'), path, pictures);
        }
        FindOrphans(folder, pictures);
        return pictures;
    }

    private List<YoloPicture> List(string list)
    {
        var pictures = new List<YoloPicture>();
        var beside = new FolderFiles(Path.GetDirectoryName(list)!, leniencies);
        foreach (var (index, line) in TextFile.ReadLines(list, leniencies).Index().Where(pair => !string.IsNullOrWhiteSpace(pair.Item)))
        {
            var (name, where) = (line.Trim(), $"{list}: line {index + 1}");
            // Within the list's own folder first where it says so, within the data set's else.
            var found = name.StartsWith('.') ? beside.Find(name) ?? _files.FindPicture(name) : _files.Find(name) ?? beside.FindPicture(name);
            if (found is null)
            {
                findings.Add(new Finding(FindingKind.MissingImage, $"{where}: {name} does not exist; skipped with its labels"));
            }
            else
            {
                Add(found, name, where, pictures);
            }
        }
        return pictures;
    }

    private void Add(string path, string name, string where, List<YoloPicture> pictures)
    {
        path = Path.GetFullPath(path);
        if (_seen.Add(path))
        {
            pictures.Add(new YoloPicture(name, path, LabelFile(path)));
        }
        else
        {
            findings.Add(new Finding(FindingKind.Twice, $"{where}: {path} comes twice; the first is kept"));
        }
    }

    /// <summary>The label file: in the folder <c>labels</c> in the place of <c>images</c>, else beside the picture.</summary>
    private string? LabelFile(string picture)
    {
        var name = Path.GetFileNameWithoutExtension(picture) + ".txt";
        var folder = Path.GetDirectoryName(picture)!;
        return (LabelFolder(folder) is { } labels ? In(labels).Find(name) : null) ?? In(folder).Find(name);
    }

    private FolderFiles In(string folder) => _labels.TryGetValue(folder, out var files) ? files : _labels[folder] = new(folder, leniencies);

    private static string? LabelFolder(string folder)
    {
        var parts = folder.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        var images = Array.FindLastIndex(parts, part => part.Equals("images", StringComparison.OrdinalIgnoreCase));
        if (images < 0)
        {
            return null;
        }
        parts[images] = parts[images] == "IMAGES" ? "LABELS" : parts[images][0] == 'I' ? "Labels" : "labels";
        return string.Join(Path.DirectorySeparatorChar, parts);
    }

    private void FindOrphans(string folder, List<YoloPicture> pictures)
    {
        if (LabelFolder(folder) is { } labels && Directory.Exists(labels))
        {
            var used = pictures.Select(picture => picture.LabelPath).ToHashSet();
            findings.AddRange(Directory.EnumerateFiles(labels, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Where(path => !used.Contains(path) && Path.GetFileName(path) != "classes.txt")
                .Select(path => new Finding(FindingKind.MissingImage, $"{path}: there is no picture of this name in {folder}; skipped")));
        }
    }
}
