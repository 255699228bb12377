using System.Globalization;

namespace SingleShot.Data.Yolo;

/// <summary>What a <c>data.yaml</c> says: the classes, and where the pictures of each split are; or a list of classes alone.</summary>
/// <param name="Path">The file.</param>
/// <param name="Base">The folder that its entries are relative to.</param>
/// <param name="Names">The classes, by label.</param>
/// <param name="HasKeypoints">Whether the rows of label files go on with key points after the box.</param>
/// <param name="Splits">The entries of each split that it has: folders, or files with a list.</param>
internal sealed record YoloData(
    string Path, string Base, IReadOnlyList<string> Names, bool HasKeypoints, IReadOnlyDictionary<string, IReadOnlyList<string>> Splits)
{
    private const int MostClasses = 100_000; // beyond it a number is no class but a slip

    private static readonly string[] KnownSplits = ["train", "val", "valid", "test", "minival", "trainval"];

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is no YAML, or names no classes, or one of them twice.</exception>
    /// <exception cref="IOException">It is missing or cannot be opened.</exception>
    public static YoloData Read(string path, Leniencies leniencies)
    {
        var lines = TextFile.ReadLines(path, leniencies);
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        var data = System.IO.Path.GetExtension(path).ToUpperInvariant() is ".TXT" or ".NAMES" ? OfNames(path, folder, lines) : OfYaml(path, folder, lines, leniencies);
        foreach (var same in data.Names.Index().GroupBy(pair => pair.Item).Where(group => group.Count() > 1))
        {
            throw new InvalidDataException(
                $"{path}: the class '{same.Key}' is named twice, as {string.Join(" and ", same.Select(pair => pair.Index))}: rename one.");
        }
        return data.Names.Count > 0 ? data : throw new InvalidDataException($"{path} has no 'names': the classes, as a list or by their numbers.");
    }

    private static YoloData OfYaml(string path, string folder, List<string> lines, Leniencies leniencies)
    {
        var yaml = YamlMap.Parse(path, string.Join('\n', lines));
        var splits = KnownSplits.Where(split => yaml.Has(split))
            .ToDictionary(split => split, split => (IReadOnlyList<string>)[.. yaml.List(split).Where(entry => entry is not ("" or "null" or "~"))]);
        return new YoloData(path, Start(yaml.Text("path"), folder, leniencies), Classes(yaml, path, leniencies), yaml.Has("kpt_shape"), splits);
    }

    /// <summary>A class a line; the splits are where the folders are.</summary>
    private static YoloData OfNames(string path, string folder, List<string> lines)
    {
        var splits = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var split in KnownSplits)
        {
            string[] places = [System.IO.Path.Combine("images", split), System.IO.Path.Combine(split, "images")];
            if (places.FirstOrDefault(place => Directory.Exists(System.IO.Path.Combine(folder, place))) is { } place)
            {
                splits.Add(split, [place]);
            }
        }
        return new YoloData(path, folder, [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0)], HasKeypoints: false, splits);
    }

    private static string Start(string? written, string folder, Leniencies leniencies)
    {
        if (written is null)
        {
            return folder;
        }
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, written.Replace('\\', '/')));
        if (Directory.Exists(path))
        {
            return path;
        }
        leniencies.Note("the path does not exist; the folder of the file is taken", $"'{written}'");
        return folder;
    }

    private static List<string> Classes(YamlMap yaml, string path, Leniencies leniencies)
    {
        var map = yaml.Map("names");
        var names = map.Count == 0 ? [.. yaml.List("names")] : new List<string>();
        foreach (var (key, name) in map)
        {
            if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var label) || label >= MostClasses)
            {
                throw new InvalidDataException($"{path}: the class '{name}' has the number '{key}': numbers count from 0.");
            }
            while (names.Count <= label)
            {
                names.Add($"unused {names.Count}");
            }
            names[label] = name;
        }
        if (names.Count == 0 && int.TryParse(yaml.Text("nc"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and < MostClasses)
        {
            leniencies.Note("classes are counted and not named; they are called by number", path);
            names = [.. Enumerable.Range(0, count).Select(label => $"class {label}")];
        }
        return names;
    }
}
