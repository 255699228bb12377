namespace SingleShot.Runtime.Files;

/// <summary>Replaces a file wholly or not at all.</summary>
public static class AtomicFile
{
    /// <summary>Writes under another name in the same folder, flushes to the disk, then renames.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written; the file of before, if there was one, is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            using (var stream = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e)
        {
            Remove(partial);
            if (e is IOException or UnauthorizedAccessException || IsTooLarge(e))
            {
                throw new IOException($"{path} cannot be written: {e.Message} What was there before is as it was.", e);
            }
            throw;
        }
    }

    /// <summary>Makes the folder that a file is to go to, unless it is there.</summary>
    /// <param name="path">The file that is to be written.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static void MakeFolder(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written, because its folder cannot be made: {e.Message} Name another place.", e);
        }
    }

    /// <summary>What .NET throws for a file that is larger than the file system, or a limit of the user's, allows.</summary>
    internal static bool IsTooLarge(Exception e) => e is ArgumentOutOfRangeException { ParamName: "value", TargetSite.DeclaringType.Namespace: "System.IO" };

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report; a folder that is gone has nothing left to delete.
        }
    }
}
