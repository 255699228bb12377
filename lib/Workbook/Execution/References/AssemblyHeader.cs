using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Workbook.Execution.References;

/// <summary>What an assembly's file says of itself, read without loading it.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Build">The module version id: two builds have the same one only if their code is the same.</param>
/// <param name="References">The simple names of the assemblies that it needs.</param>
/// <param name="Attributes">The simple names of its own attributes.</param>
internal sealed record AssemblyHeader(string Name, Version Version, Guid Build, ImmutableArray<string> References, ImmutableHashSet<string> Attributes)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="BadImageFormatException">It is no .NET assembly, or only a part of one.</exception>
    public static AssemblyHeader Read(string path)
    {
        using var file = new PEReader(File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        if (!file.HasMetadata)
        {
            throw new BadImageFormatException($"{path} is not a .NET assembly.");
        }
        var metadata = file.GetMetadataReader();
        var definition = metadata.GetAssemblyDefinition();
        return new AssemblyHeader(
            metadata.GetString(definition.Name),
            definition.Version,
            metadata.GetGuid(metadata.GetModuleDefinition().Mvid),
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            [.. definition.GetCustomAttributes().Select(handle => TypeName(metadata, metadata.GetCustomAttribute(handle).Constructor))]);
    }

    // The attribute's class is of this assembly or of another one.
    private static string TypeName(MetadataReader metadata, EntityHandle constructor)
    {
        var type = constructor.Kind == HandleKind.MethodDefinition
            ? metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()
            : metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent;
        return type.Kind switch
        {
            HandleKind.TypeDefinition => metadata.GetString(metadata.GetTypeDefinition((TypeDefinitionHandle)type).Name),
            HandleKind.TypeReference => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name),
            _ => "",
        };
    }

    /// <summary>Reads a file that may be anything, and may be being written.</summary>
    /// <returns>Null for what is not, or not yet, a .NET assembly.</returns>
    public static AssemblyHeader? TryRead(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }
}
