namespace Workbook.Execution.References;

/// <summary>An assembly that cells may use: the one of its name for as long as the session lives.</summary>
/// <param name="Header">What it says of itself.</param>
/// <param name="Path">Where the reader knows it to be.</param>
/// <param name="File">What is compiled against and loaded; for a library under construction a copy, which no build touches.</param>
internal sealed record ReferencedAssembly(AssemblyHeader Header, string Path, string File)
{
    /// <summary>The state of the reader's file when it was copied; null for a file that does not change, as in a package.</summary>
    public FileStamp? Stamp { get; init; }

    /// <summary>When it was taken into the session, in local time.</summary>
    public DateTime Taken { get; } = DateTime.Now;

    /// <summary>The simple name.</summary>
    public string Name => Header.Name;
}

/// <summary>What tells one state of a file from another without reading it.</summary>
/// <param name="Modified">When it was last written, UTC.</param>
/// <param name="Length">Its size in bytes.</param>
internal readonly record struct FileStamp(DateTime Modified, long Length)
{
    /// <summary>The stamp of a file; null where there is none.</summary>
    public static FileStamp? Of(string path) =>
        new FileInfo(path) is { Exists: true } file ? new FileStamp(file.LastWriteTimeUtc, file.Length) : null;
}
