using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Workbook.Execution.References;

/// <summary>The assemblies of the .NET that runs this program: every cell may use them.</summary>
internal static class FrameworkReferences
{
    private static readonly ImmutableArray<string> Paths =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location)),
    ];

    private static readonly HashSet<string> Names = [.. Paths.Select(path => Path.GetFileNameWithoutExtension(path))];

    /// <summary>The references, with those of this program's own functions for cells.</summary>
    public static ImmutableArray<PortableExecutableReference> All { get; } =
    [
        .. Paths.Append(typeof(FrameworkReferences).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Whether an assembly is part of .NET itself.</summary>
    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>The reference to a part of .NET by its name, with or without .dll; null for any other name.</summary>
    public static PortableExecutableReference? Find(string name)
    {
        var index = Paths.Select(Path.GetFileNameWithoutExtension).ToList()
            .FindIndex(known => known == name || string.Equals($"{known}.dll", name, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : All[index];
    }
}
