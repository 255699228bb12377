using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Workbook.Execution;

/// <summary>Finds what <c>#r</c> names, relative to the notebook's folder, and what those assemblies reference beside them.</summary>
internal sealed class ReferenceResolver(string folder) : MetadataReferenceResolver
{
    private readonly Dictionary<string, PortableExecutableReference> _references = [];

    /// <summary>The files that cells reference so far.</summary>
    public IReadOnlyCollection<string> Paths => _references.Keys;

    /// <inheritdoc/>
    public override bool ResolveMissingAssemblies => true;

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        var path = Path.GetFullPath(reference, folder);
        return File.Exists(path) ? [Reference(path)] : [];
    }

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        if (definition is not PortableExecutableReference { FilePath: { } from } || FrameworkReferences.Contains(referenceIdentity.Name))
        {
            return null;
        }
        var path = Path.Combine(Path.GetDirectoryName(from)!, $"{referenceIdentity.Name}.dll");
        return _references.ContainsKey(from) && File.Exists(path) ? Reference(path) : null;
    }

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private PortableExecutableReference Reference(string path) =>
        _references.TryGetValue(path, out var known) ? known : _references[path] = MetadataReference.CreateFromFile(path);
}
