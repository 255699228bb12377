using System.Text.RegularExpressions;
using SingleShot.Images;

namespace SingleShot.Data.Voc;

/// <summary>Which images there are: by a split's list in <c>ImageSets/Main</c>, or by the annotation files themselves.</summary>
internal static partial class VocList
{
    /// <summary>Reads the ids, a line each.</summary>
    /// <param name="root">The folder of the data set.</param>
    /// <param name="split">The name of the list, without <c>.txt</c>.</param>
    /// <param name="findings">Gets the ids that come twice.</param>
    /// <param name="annotations">Where the annotation files are.</param>
    /// <param name="leniencies">Gets what is not as VOC has it.</param>
    /// <exception cref="FileNotFoundException">No such split; the message lists those that exist.</exception>
    public static List<string> Read(string root, string split, List<Finding> findings, string annotations, Leniencies leniencies)
    {
        var folder = Path.Combine(root, "ImageSets", "Main");
        var list = Path.Combine(folder, $"{split}.txt");
        if (!File.Exists(list))
        {
            string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.txt") : [];
            var splits = string.Join(", ", files.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
            throw new FileNotFoundException(
                $"{list} does not exist; {(files.Length == 0 ? "there are no splits in that folder" : $"splits there: {splits}")}.", list);
        }
        var ids = new List<string>();
        var seen = new HashSet<string>();
        foreach (var (number, line) in TextFile.ReadLines(list, leniencies).Index().Where(pair => !string.IsNullOrWhiteSpace(pair.Item)))
        {
            var id = Id(line.Trim(), annotations, leniencies);
            if (seen.Add(id))
            {
                ids.Add(id);
            }
            else
            {
                findings.Add(new Finding(FindingKind.Twice, $"{list}: line {number + 1}: image {id} comes twice; the first is kept") { ImageId = id });
            }
        }
        return ids;
    }

    /// <summary>The ids of all annotation files of a folder, by name.</summary>
    public static List<string> OfFolder(string annotations) =>
    [
        .. Directory.EnumerateFiles(annotations).Where(path => Path.GetExtension(path).Equals(".xml", StringComparison.OrdinalIgnoreCase))
            .Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// The whole line, blanks and all, but for what the lists of one class have in a second column: 1 for a hit, -1 for none, 0 for one
    /// that is hard to make out. The image counts all the same.
    /// </summary>
    private static string Id(string line, string annotations, Leniencies leniencies)
    {
        var id = ClassFlag().Replace(line, "");
        if (id != line && !IsThere(id) && IsThere(line))
        {
            return line; // a name that happens to end so
        }
        if (PictureNames.IsPicture(id) && !IsThere(id) && Path.ChangeExtension(id, null) is var stem && IsThere(stem))
        {
            leniencies.Note("an image is listed with the extension of its picture", $"'{id}'");
            return stem;
        }
        return id;

        bool IsThere(string one) => File.Exists(Path.Combine(annotations, $"{one}.xml"));
    }

    [GeneratedRegex(@"\s+(-1|0|1)$")]
    private static partial Regex ClassFlag();
}
