namespace SingleShot.Cli.Detecting;

/// <summary>Where the pictures with boxes go: into the folder of the results, in folders like those that the pictures are in.</summary>
internal sealed class DrawnPlaces
{
    private static readonly string[] Written = [".jpg", ".jpeg", ".png"];

    private readonly Dictionary<string, string> _places;

    /// <param name="pictures">Full paths of the pictures.</param>
    /// <param name="folder">The folder of the results.</param>
    /// <exception cref="UsageException">A picture would be written over.</exception>
    public DrawnPlaces(IReadOnlyList<string> pictures, string folder)
    {
        var root = Common(pictures);
        _places = pictures.ToDictionary(picture => picture, picture =>
        {
            var place = Path.GetFullPath(Path.Combine(folder, Path.GetRelativePath(root, picture)));
            return Written.Contains(Path.GetExtension(place).ToLowerInvariant()) ? place : place + ".jpg";
        });
        if (_places.Values.Intersect(pictures).FirstOrDefault() is { } lost)
        {
            throw new UsageException($"{lost} would be written over: name another folder than the pictures' own with --out.");
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
