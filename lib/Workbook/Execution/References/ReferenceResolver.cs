using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Workbook.Execution.References;

/// <summary>Finds what <c>#r</c> names: a part of .NET, a restored package, or a path from the folder of the file that holds the directive.</summary>
internal sealed class ReferenceResolver(string folder, SessionReferences references) : MetadataReferenceResolver
{
    private readonly Dictionary<string, string> _refusals = [];

    /// <inheritdoc/>
    public override bool ResolveMissingAssemblies => true;

    /// <summary>Why a reference was not found, for the reader, in place of the compiler's own words; null for one that was.</summary>
    public string? Refusal(string reference) => _refusals.GetValueOrDefault(reference);

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        _refusals.Remove(reference);
        if (references.Packages.Holds(reference))
        {
            // A directive may stand for one reference only: those of packages are given to the compiler beside it.
            return [FrameworkReferences.All[0]];
        }
        if (FrameworkReferences.Find(reference) is { } part)
        {
            return [part];
        }
        try
        {
            var path = Path.GetFullPath(reference, (baseFilePath is null ? null : Path.GetDirectoryName(baseFilePath)) ?? folder);
            return File.Exists(path) ? [references.Reference(path)] : throw new ReferenceException(Missing(reference, path));
        }
        catch (ReferenceException e)
        {
            _refusals[reference] = e.Message;
            return [];
        }
    }

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        definition is PortableExecutableReference { FilePath: { } from } && !FrameworkReferences.Contains(referenceIdentity.Name)
            ? references.ReferenceBeside(from, referenceIdentity.Name)
            : null;

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private static string Missing(string reference, string path) =>
        reference.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase)
            ? $"{reference} is not restored."
            : $"there is no file {path}. A relative path starts from the notebook's folder; if the file is a build's, build first.";
}
