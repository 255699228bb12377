using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Workbook.Execution;

/// <summary>
/// Holds the assemblies that one notebook references, each once: cells, and the assemblies among themselves, then agree on
/// every type. Native libraries are found beside them.
/// </summary>
internal sealed class NotebookLoadContext() : AssemblyLoadContext("notebook")
{
    private readonly Dictionary<string, Assembly> _loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _folders = [];
    private readonly Lock _loading = new();

    /// <summary>Loads an assembly and runs its module initialiser, which may prepare others of its folder.</summary>
    public Assembly LoadOnce(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        lock (_loading)
        {
            if (_loaded.TryGetValue(name, out var known))
            {
                return known;
            }
            if (!_folders.Contains(Path.GetDirectoryName(path)!))
            {
                _folders.Add(Path.GetDirectoryName(path)!);
            }
            var assembly = _loaded[name] = LoadFromAssemblyPath(path);
            RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
            return assembly;
        }
    }

    /// <summary>Loads a compiled cell.</summary>
    public Assembly LoadImage(byte[] image, byte[] symbols)
    {
        using var imageStream = new MemoryStream(image, writable: false);
        using var symbolsStream = new MemoryStream(symbols, writable: false);
        return LoadFromStream(imageStream, symbolsStream);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (FrameworkReferences.Contains(assemblyName.Name!))
        {
            return null;
        }
        var path = Beside($"{assemblyName.Name}.dll");
        return path is null ? null : LoadOnce(path);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var native = Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        string[] names = [unmanagedDllName, $"lib{unmanagedDllName}.so", $"lib{unmanagedDllName}.dylib", $"{unmanagedDllName}.dll"];
        foreach (var path in names.Select(name => Beside(Path.Combine(native, name)) ?? Beside(name)))
        {
            // A file that is here but does not load is left to the referenced library's own resolver.
            if (path is not null && NativeLibrary.TryLoad(path, out var handle))
            {
                return handle;
            }
        }
        return 0;
    }

    private string? Beside(string name) => _folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
