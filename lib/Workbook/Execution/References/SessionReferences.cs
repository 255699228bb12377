using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Workbook.Execution.Packages;

namespace Workbook.Execution.References;

/// <summary>
/// All that the cells of one session reference: one assembly of each name, compiled against and loaded from the same file, so that
/// cells, and the assemblies among themselves, agree on every type.
/// </summary>
internal sealed class SessionReferences : IDisposable
{
    private readonly Dictionary<string, ReferencedAssembly> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PortableExecutableReference> _metadata = [];
    private readonly Queue<ReferencedAssembly> _notLoaded = [];
    private readonly LibraryCopies _copies = new();
    private readonly RebuiltLibraries _rebuilt = new();
    private readonly Lock _lock = new();

    /// <summary>Starts with nothing referenced.</summary>
    /// <param name="folder">Where relative paths start.</param>
    public SessionReferences(string folder)
    {
        Context = new NotebookLoadContext(FindOrTake);
        Resolver = new ReferenceResolver(folder, this);
    }

    /// <summary>Finds references for the compiler.</summary>
    public ReferenceResolver Resolver { get; }

    /// <summary>Where assemblies, and compiled cells, are loaded.</summary>
    public NotebookLoadContext Context { get; }

    /// <summary>The packages that were restored.</summary>
    public SessionPackages Packages { get; } = new();

    /// <summary>What the compiler is given for an assembly's path.</summary>
    /// <exception cref="ReferenceException">It cannot be read, or another of its name is in use.</exception>
    public PortableExecutableReference Reference(string path)
    {
        lock (_lock)
        {
            return Metadata(Add(path));
        }
    }

    /// <summary>What the compiler is given for an assembly that another one references; null where there is none beside that one.</summary>
    public PortableExecutableReference? ReferenceBeside(string from, string name)
    {
        lock (_lock)
        {
            return !_byName.Values.Any(one => one.Path == from) ? null
                : _byName.TryGetValue(name, out var known) ? Metadata(known)
                : FindOrTake(name, [Path.GetDirectoryName(from)!]) is { } taken ? Metadata(taken)
                : null;
        }
    }

    /// <summary>Takes in the assemblies of restored packages.</summary>
    /// <exception cref="ReferenceException">One is in use in another version.</exception>
    public ImmutableArray<PortableExecutableReference> Add(ResolvedPackages packages)
    {
        Context.AddNative(packages.Native);
        lock (_lock)
        {
            var runtime = packages.Runtime.Where(path => !FrameworkReferences.Contains(Path.GetFileNameWithoutExtension(path)))
                .Select(path => new ReferencedAssembly(AssemblyHeader.Read(path), path, path)).ToList();
            foreach (var assembly in runtime)
            {
                Check(assembly);
            }
            foreach (var assembly in runtime.Where(assembly => _byName.TryAdd(assembly.Name, assembly)))
            {
                _notLoaded.Enqueue(assembly);
            }
            return [.. packages.Compile.Where(path => !FrameworkReferences.Contains(Path.GetFileNameWithoutExtension(path)))
                .Select(CompiledAgainst).Distinct()];
        }
    }

    /// <summary>Loads what was referenced since the last call.</summary>
    public void LoadNew()
    {
        while (TakeNotLoaded() is { } next)
        {
            // The module initializer of a library may prepare others of its folder.
            Context.LoadOnce(next, initialize: next.Stamp is not null);
        }
    }

    /// <summary>Says which libraries were rebuilt since they were loaded, once for each build; null where none was.</summary>
    public string? RebuiltNotice()
    {
        lock (_lock)
        {
            return _rebuilt.Notice(_byName.Values);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _copies.Dispose();

    private ReferencedAssembly? TakeNotLoaded()
    {
        lock (_lock)
        {
            return _notLoaded.TryDequeue(out var next) ? next : null;
        }
    }

    // For the loader: an assembly that no cell named, but one that is loaded asks for.
    private ReferencedAssembly? FindOrTake(string name, IEnumerable<string> folders)
    {
        lock (_lock)
        {
            if (_byName.TryGetValue(name, out var known))
            {
                return known;
            }
            var path = folders.Select(folder => Path.Combine(folder, $"{name}.dll")).FirstOrDefault(File.Exists);
            return path is null ? null : Add(path);
        }
    }

    private ReferencedAssembly Add(string path)
    {
        if (_byName.Values.FirstOrDefault(one => one.Path == path) is { } same)
        {
            return same;
        }
        // Read first: an assembly of a name that is in use is refused, and not copied.
        if (AssemblyHeader.TryRead(path) is { } header && _byName.TryGetValue(header.Name, out var known))
        {
            return Check(new ReferencedAssembly(header, path, path)) ?? known;
        }
        var taken = _copies.Take(path, name => IsKnown(name, beside: path));
        foreach (var assembly in taken)
        {
            _byName[assembly.Name] = assembly;
            _notLoaded.Enqueue(assembly);
        }
        return taken[0];
    }

    private ReferencedAssembly? Check(ReferencedAssembly assembly)
    {
        if (!_byName.TryGetValue(assembly.Name, out var known) || known.Header.Build == assembly.Header.Build
            || known.Path == assembly.Path
            // A library that was built for an older one than is loaded is given the newer, as in any program.
            || known.Stamp is null && assembly.Stamp is null && known.Header.Version >= assembly.Header.Version)
        {
            return known;
        }
        throw InUse(known, assembly.Header.Version, assembly.Path);
    }

    // What is in use serves a library that comes later, but not in place of a newer one: it may lack what that library needs.
    private bool IsKnown(string name, string beside)
    {
        if (!_byName.TryGetValue(name, out var known))
        {
            return false;
        }
        var own = Path.Combine(Path.GetDirectoryName(beside)!, $"{name}.dll");
        return AssemblyHeader.TryRead(own)?.Version is not { } version || version <= known.Header.Version ? true : throw InUse(known, version, own);
    }

    private static ReferenceException InUse(ReferencedAssembly known, Version other, string path) => new(
        $"{known.Name} is in use already: version {known.Header.Version} from {known.Path}. This kernel cannot hold "
        + $"{other} from {path} beside it. Restart the kernel, and reference one of the two.");

    private PortableExecutableReference CompiledAgainst(string path)
    {
        // Of an assembly that is in use from elsewhere, the compiler must see that one.
        var name = Path.GetFileNameWithoutExtension(path);
        return _byName.TryGetValue(name, out var known) && known.Stamp is not null
            ? Metadata(known)
            : _metadata.TryGetValue(path, out var reference) ? reference : _metadata[path] = MetadataReference.CreateFromFile(path);
    }

    // Named by the reader's own path: the documentation and the neighbors are there.
    private PortableExecutableReference Metadata(ReferencedAssembly assembly) =>
        _metadata.TryGetValue(assembly.File, out var known)
            ? known
            : _metadata[assembly.File] = AssemblyMetadata.CreateFromFile(assembly.File).GetReference(filePath: assembly.Path);
}

/// <summary>An assembly cannot be referenced; the message tells the reader why.</summary>
internal sealed class ReferenceException(string message) : Exception(message);
