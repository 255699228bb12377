using System.Formats.Tar;
using System.IO.Compression;

namespace SingleShot.Download;

/// <summary>Unpacks the archives that data sets come in.</summary>
public static class Archive
{
    /// <summary>Whether a file is an archive that <see cref="Unpack"/> takes, by its name.</summary>
    internal static bool IsNamedSo(string path) => Path.GetExtension(path).ToUpperInvariant() is ".ZIP" or ".TAR";

    /// <summary>Unpacks an archive into a folder, among what is there already.</summary>
    /// <param name="path">A <c>.zip</c> or <c>.tar</c> file.</param>
    /// <param name="folder">Where to. Files of the same names are replaced, once the whole archive has proved readable.</param>
    /// <exception cref="InvalidDataException">Not such an archive, a damaged one, or one that would write elsewhere.</exception>
    /// <exception cref="IOException">The disk is full or cannot be written.</exception>
    public static void Unpack(string path, string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var zip = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".ZIP" => true,
            ".TAR" => false,
            var other => throw new InvalidDataException($"{path} is no archive that can be unpacked here: .zip or .tar is needed, not '{other}'."),
        };
        var partial = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.partial"); // on the same disk, so that moving is renaming
        try
        {
            Directory.CreateDirectory(partial);
            if (zip)
            {
                ZipFile.ExtractToDirectory(path, partial);
            }
            else
            {
                TarFile.ExtractToDirectory(path, partial, overwriteFiles: false);
            }
            Merge(partial, folder);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException || IsOutside(e))
        {
            throw new InvalidDataException($"{path} cannot be unpacked: {e.Message} Delete it, and download it again.", e);
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
    }

    // Both libraries refuse an entry outside of the folder with an exception that has no type of its own.
    private static bool IsOutside(Exception e) => e.GetType() == typeof(IOException) && e.Message.Contains("outside", StringComparison.Ordinal);

    private static void Merge(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Move(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Merge(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
