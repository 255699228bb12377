namespace SingleShot.Images;

/// <summary>How the names of picture files end.</summary>
public static class PictureNames
{
    private static readonly string[] NotReadable = [".tif", ".tiff", ".heic", ".heif", ".avif", ".jp2", ".dng"];

    /// <summary>Those that can be read, the likeliest first.</summary>
    public static IReadOnlyList<string> Readable { get; } = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif"];

    /// <summary>Whether a file is a picture by its name, one of a format that cannot be read among them: it shall be missed aloud.</summary>
    public static bool IsPicture(string name)
    {
        var extension = Path.GetExtension(name);
        return Readable.Concat(NotReadable).Any(known => known.Equals(extension, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A name with each of the extensions that can be read in the place of its own, or after it where it has none of a picture.</summary>
    public static IEnumerable<string> WithOtherExtensions(string name)
    {
        var stem = IsPicture(name) ? name[..^Path.GetExtension(name).Length] : name;
        return Readable.Select(extension => stem + extension).Where(other => other != name);
    }
}
