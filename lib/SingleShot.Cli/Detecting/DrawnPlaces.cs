namespace SingleShot.Cli.Detecting;

/// <summary>Where the pictures with boxes go: into the folder of the results, in folders like those that the pictures are in.</summary>
internal sealed class DrawnPlaces
{
    private static readonly string[] Written = [".jpg", ".jpeg", ".png"];

    private readonly Dictionary<string, string> _places;

    /// <param name="pictures">Full paths of the pictures.</param>
    /// <param name="folder">The folder of the results.</param>
    /// <exception cref="UsageException">A picture would be written over, by whatever links, or two would be written to one place.</exception>
    public DrawnPlaces(IReadOnlyList<string> pictures, string folder)
    {
        var root = Common(pictures);
        _places = pictures.ToDictionary(picture => picture, picture =>
        {
            var place = Path.GetFullPath(Path.Combine(folder, Path.GetRelativePath(root, picture)));
            return Written.Contains(Path.GetExtension(place).ToLowerInvariant()) ? place : place + ".jpg";
        });
        var folders = _places.Values.Concat(pictures).Select(path => Path.GetDirectoryName(path)!).Distinct().ToDictionary(one => one, RealPath.Of);
        string Entry(string path) => Path.Combine(folders[Path.GetDirectoryName(path)!], Path.GetFileName(path));
        var originals = pictures.Select(Entry).SelectMany(entry => new[] { entry, RealPath.Of(entry) }).ToHashSet();
        if (_places.Values.FirstOrDefault(place => originals.Contains(Entry(place))) is { } lost)
        {
            throw new UsageException($"{lost} would be written over: name another folder than the pictures' own with --out.");
        }
        if (_places.GroupBy(place => place.Value).FirstOrDefault(same => same.Count() > 1) is { } shared)
        {
            throw new UsageException($"{string.Join(" and ", shared.Select(place => place.Key))} would both be drawn to {shared.Key}: rename one of them, or detect in them one after the other.");
        }
    }

    /// <summary>Where a picture goes.</summary>
    public string this[string picture] => _places[picture];

    /// <summary>The innermost folder that all pictures are in.</summary>
    private static string Common(IReadOnlyList<string> pictures)
    {
        var folder = Path.GetDirectoryName(pictures[0])!;
        while (Path.GetDirectoryName(folder) is { } outer && !pictures.All(picture => IsWithin(picture, folder)))
        {
            folder = outer;
        }
        return folder;
    }

    private static bool IsWithin(string picture, string folder) =>
        picture.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
