using System.Text;
using SingleShot.Images;

namespace SingleShot.Data;

/// <summary>Finds the files of a folder by names that other programs and systems have written.</summary>
/// <remarks>
/// A name that is there is taken as it is. Else '\' separates folders as '/' does, upper and lower case are the same, letters with marks
/// are the same however they are put together, and of a path on another disk the end will do.
/// </remarks>
internal sealed class FolderFiles(string root, Leniencies leniencies)
{
    private static readonly EnumerationOptions All = new() { IgnoreInaccessible = true, AttributesToSkip = 0 };

    private readonly Dictionary<string, Dictionary<string, string>> _listings = []; // of a folder: its names, by what is alike

    /// <summary>The path of the first name that is there to the letter; else of the first that is there in other letters.</summary>
    /// <returns>Null where there is none.</returns>
    public string? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var path = Path.Combine(root, name);
            if (File.Exists(path))
            {
                return path;
            }
        }
        foreach (var name in names)
        {
            if (FindAlike(name) is { } path)
            {
                leniencies.Note("the name of a file is written otherwise than on the disk", $"'{name}', taken for {path}");
                return path;
            }
        }
        return null;
    }

    /// <summary>The same for a picture, which may also be there with another extension.</summary>
    public string? FindPicture(string name)
    {
        if (Find(name) is { } asWritten)
        {
            return asWritten;
        }
        if (Find([.. PictureNames.WithOtherExtensions(name)]) is not { } path)
        {
            return null;
        }
        leniencies.Note("a picture has another extension on the disk than is written", $"'{name}', taken for {path}");
        return path;
    }

    private string? FindAlike(string name)
    {
        var parts = name.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        for (var start = 0; start < parts.Length; start++)
        {
            if (Follow(parts.AsSpan(start)) is { } path)
            {
                return path;
            }
        }
        return null;
    }

    private string? Follow(ReadOnlySpan<string> parts)
    {
        string? path = root;
        foreach (var part in parts)
        {
            if (part == "..")
            {
                path = Path.GetDirectoryName(Path.GetFullPath(path));
            }
            else
            {
                path = Listing(path).TryGetValue(Key(part), out var name) ? Path.Combine(path, name) : null;
            }
            if (path is null)
            {
                return null;
            }
        }
        return File.Exists(path) ? path : null;
    }

    private Dictionary<string, string> Listing(string folder)
    {
        if (!_listings.TryGetValue(folder, out var listing))
        {
            listing = [];
            var names = Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, "*", All).Select(Path.GetFileName) : [];
            foreach (var name in names.OfType<string>().Order(StringComparer.Ordinal))
            {
                listing.TryAdd(Key(name), name);
            }
            _listings.Add(folder, listing);
        }
        return listing;
    }

    private static string Key(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC).ToUpperInvariant();
        }
        catch (ArgumentException)
        {
            return name.ToUpperInvariant(); // half a surrogate pair: no letter that has a form
        }
    }
}
