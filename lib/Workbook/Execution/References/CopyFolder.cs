namespace Workbook.Execution.References;

/// <summary>A private temporary folder that is deleted with its owner. One that a killed process left behind is deleted when the next is made.</summary>
internal sealed class CopyFolder : IDisposable
{
    private const string Prefix = "workbook-libraries-";
    private const string LockName = ".lock";

    private readonly FileStream _lock;

    public CopyFolder()
    {
        RemoveAbandoned();
        Path = Directory.CreateTempSubdirectory(Prefix).FullName;
        _lock = Hold(Path);
    }

    /// <summary>The folder's full path; nobody else can read it.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        Remove(Path);
    }

    // The system lets go of the lock when a process ends in whatever way.
    private static FileStream Hold(string folder) =>
        new(System.IO.Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static void RemoveAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                // A folder without its lock may be one that is just being made.
                if (File.Exists(System.IO.Path.Combine(folder, LockName)))
                {
                    Hold(folder).Dispose();
                    Remove(folder);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another session's, or another person's.
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps the files of loaded assemblies; a later session removes them.
        }
    }
}
