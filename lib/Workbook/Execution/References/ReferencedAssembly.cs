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
