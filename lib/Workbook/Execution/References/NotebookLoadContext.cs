using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Workbook.Formatting;

namespace Workbook.Execution.References;

/// <summary>Holds the assemblies that one session references, each once. Native libraries are found beside them, or in packages.</summary>
/// <param name="find">Finds an assembly by its name, or in one of some folders; null for one that the session does not have.</param>
internal sealed class NotebookLoadContext(Func<string, IEnumerable<string>, ReferencedAssembly?> find) : AssemblyLoadContext("notebook")
{
    private readonly Dictionary<string, Assembly> _loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _folders = [];
    private readonly Dictionary<string, string> _native = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _loading = new();

    /// <summary>Lets native libraries of packages be found by their names.</summary>
    public void AddNative(IEnumerable<string> paths)
    {
        lock (_loading)
        {
            foreach (var path in paths)
            {
                _native.TryAdd(Path.GetFileName(path), path);
            }
        }
    }

    /// <summary>Loads an assembly.</summary>
    /// <param name="referenced">The assembly.</param>
    /// <param name="initialize">Whether its module initializer runs now and not before its first use.</param>
    public Assembly LoadOnce(ReferencedAssembly referenced, bool initialize)
    {
        Assembly? assembly;
        lock (_loading)
        {
            if (_loaded.TryGetValue(referenced.Name, out assembly))
            {
                return assembly;
            }
            var folder = Path.GetDirectoryName(referenced.Path)!;
            if (referenced.Stamp is not null && !_folders.Contains(folder))
            {
                _folders.Add(folder);
            }
            assembly = _loaded[referenced.Name] = LoadFromAssemblyPath(referenced.File);
        }
        if (referenced.Header.Attributes.Contains(NamedFormatters.AttributeName))
        {
            NamedFormatters.Take(assembly);
        }
        if (initialize)
        {
            RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        }
        return assembly;
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
        // Of another culture are resources, which the run-time itself finds beside the assembly.
        return !string.IsNullOrEmpty(assemblyName.CultureName) || find(assemblyName.Name!, Folders()) is not { } found
            ? null
            : LoadOnce(found, initialize: found.Stamp is not null);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var native = Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        string[] endings = ["", ".so", ".dylib", ".dll"];
        var names = endings.SelectMany(ending => new[] { unmanagedDllName + ending, $"lib{unmanagedDllName}{ending}" });
        foreach (var path in names.Select(name => Beside(Path.Combine(native, name)) ?? Beside(name) ?? OfPackage(name)))
        {
            // A file that is here but does not load is left to the referenced library's own resolver.
            if (path is not null && NativeLibrary.TryLoad(path, out var handle))
            {
                return handle;
            }
        }
        return 0;
    }

    private string? Beside(string name) => Folders().Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private string? OfPackage(string name)
    {
        lock (_loading)
        {
            return _native.GetValueOrDefault(name);
        }
    }

    private string[] Folders()
    {
        lock (_loading)
        {
            return [.. _folders];
        }
    }
}
