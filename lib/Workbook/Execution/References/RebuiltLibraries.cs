using System.Globalization;

namespace Workbook.Execution.References;

/// <summary>Watches for libraries that were built anew since the session took its copies, and says so once for each build.</summary>
internal sealed class RebuiltLibraries
{
    private readonly Dictionary<string, FileStamp> _seen = [];

    /// <summary>A sentence for each library that changed since the last call; null where none did.</summary>
    public string? Notice(IEnumerable<ReferencedAssembly> assemblies)
    {
        var lines = assemblies.Select(Look).Where(line => line is not null).ToList();
        return lines.Count == 0
            ? null
            : $"{string.Join('\n', lines)}\nRestart the kernel to use the new {(lines.Count == 1 ? "one" : "ones")}.\n";
    }

    private string? Look(ReferencedAssembly assembly)
    {
        if (assembly.Stamp is not { } taken || FileStamp.Of(assembly.Path) is not { } now
            || now == (_seen.TryGetValue(assembly.Path, out var seen) ? seen : taken))
        {
            return null;
        }
        if (AssemblyHeader.TryRead(assembly.Path) is not { } header)
        {
            return null; // half written: the next cell will see it whole
        }
        _seen[assembly.Path] = now;
        // The same code, only built or copied again, is no other version.
        return header.Build == assembly.Header.Build ? null : string.Create(CultureInfo.InvariantCulture,
            $"{Path.GetFileName(assembly.Path)} was rebuilt at {now.Modified.ToLocalTime():HH:mm:ss}; this kernel still uses the version loaded at {assembly.Taken:HH:mm:ss}.");
    }
}
