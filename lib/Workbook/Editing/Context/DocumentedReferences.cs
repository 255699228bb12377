using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Workbook.Editing.Documentation;

namespace Workbook.Editing.Context;

/// <summary>
/// The references of cells, each with the XML documentation that belongs to it. It also finds what a cell that has not run yet names by
/// <c>#r</c>, without the session hearing of it.
/// </summary>
/// <param name="folder">From which relative paths start.</param>
internal sealed class DocumentedReferences(string folder) : MetadataReferenceResolver
{
    private readonly Dictionary<string, (DateTime Written, PortableExecutableReference Reference)> _files = [];
    private readonly Dictionary<MetadataReference, MetadataReference> _given = [];
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public override bool ResolveMissingAssemblies => true;

    /// <summary>The same assembly with its documentation; always the same object for the same reference.</summary>
    public MetadataReference WithDocumentation(MetadataReference reference)
    {
        lock (_lock)
        {
            if (_given.TryGetValue(reference, out var known))
            {
                return known;
            }
            return _given[reference] =
                reference is PortableExecutableReference { FilePath: { } path } file && file.GetMetadata() is AssemblyMetadata metadata
                ? metadata.GetReference(Documentation(path), file.Properties.Aliases, file.Properties.EmbedInteropTypes, path)
                : reference;
        }
    }

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        try
        {
            return File(Path.GetFullPath(reference, folder)) is { } found ? [found] : [];
        }
        catch (ArgumentException)
        {
            return []; // Half-typed text need not be a path.
        }
    }

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        definition is PortableExecutableReference { FilePath: { } from } && !IsFramework(from)
            ? File(Path.Combine(Path.GetDirectoryName(from)!, $"{referenceIdentity.Name}.dll"))
            : null;

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private PortableExecutableReference? File(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            return null;
        }
        var written = System.IO.File.GetLastWriteTimeUtc(path);
        lock (_lock)
        {
            if (_files.TryGetValue(path, out var known) && known.Written == written)
            {
                return known.Reference;
            }
            var reference = MetadataReference.CreateFromFile(path, documentation: Documentation(path));
            _files[path] = (written, reference);
            return reference;
        }
    }

    private static XmlDocumentationIndex Documentation(string path) =>
        IsFramework(path) ? FrameworkDocumentation.Index : new XmlDocumentationIndex([Path.ChangeExtension(path, ".xml")]);

    private static bool IsFramework(string path) => Path.GetDirectoryName(path) == FrameworkDocumentation.Runtime;
}
