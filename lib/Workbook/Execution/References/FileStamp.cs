namespace Workbook.Execution.References;

/// <summary>What tells one state of a file from another without reading it.</summary>
/// <param name="Modified">When it was last written, UTC.</param>
/// <param name="Length">Its size in bytes.</param>
internal readonly record struct FileStamp(DateTime Modified, long Length)
{
    /// <summary>The stamp of a file; null where there is none.</summary>
    public static FileStamp? Of(string path) =>
        new FileInfo(path) is { Exists: true } file ? new FileStamp(file.LastWriteTimeUtc, file.Length) : null;
}
