namespace Workbook.Execution.References;

/// <summary>
/// Copies of the assemblies that a session references by path. A loaded file is mapped into memory: were a build to write into it,
/// the process would run half of the old code and half of the new, and soon crash; on Windows the build would fail. An assembly is
/// copied together with all that it references beside it, so that one session never mixes what two builds made.
/// </summary>
internal sealed class LibraryCopies : IDisposable
{
    private const int Attempts = 20;

    private readonly Dictionary<string, string> _folders = [];
    private CopyFolder? _copies;

    /// <summary>Copies an assembly and what it references beside it.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="isKnown">Whether the session already has an assembly of a name.</param>
    /// <returns>The assembly, then those that it needs.</returns>
    /// <exception cref="ReferenceException">The file cannot be read, or is no assembly.</exception>
    public IReadOnlyList<ReferencedAssembly> Take(string path, Func<string, bool> isKnown)
    {
        var source = Path.GetDirectoryName(path)!;
        var target = TargetOf(source);
        var taken = new List<ReferencedAssembly> { Copy(path, target) };
        for (var next = 0; next < taken.Count; next++)
        {
            foreach (var name in taken[next].Header.References)
            {
                var beside = Path.Combine(source, $"{name}.dll");
                if (!isKnown(name) && !FrameworkReferences.Contains(name) && taken.TrueForAll(one => one.Name != name) && File.Exists(beside))
                {
                    taken.Add(Copy(beside, target));
                }
            }
        }
        FolderLinks.Make(source, target);
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => _copies?.Dispose();

    private string TargetOf(string source)
    {
        if (!_folders.TryGetValue(source, out var target))
        {
            _copies ??= new CopyFolder();
            // The folder keeps its name, for the sake of stack traces and of messages with paths.
            target = Path.Combine(_copies.Path, $"{_folders.Count}", Path.GetFileName(source));
            Directory.CreateDirectory(target);
            _folders[source] = target;
        }
        return target;
    }

    private static ReferencedAssembly Copy(string path, string folder)
    {
        var target = Path.Combine(folder, Path.GetFileName(path));
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                var stamp = FileStamp.Of(path);
                // Never into the file that is there: it may be a link to the original.
                File.Delete(target);
                File.Copy(path, target);
                if (stamp == FileStamp.Of(path) && stamp is not null && AssemblyHeader.TryRead(target) is { } header)
                {
                    CopySymbols(path, target);
                    return new ReferencedAssembly(header, path, target) { Stamp = stamp };
                }
                if (attempt == Attempts || stamp is { } whole && DateTime.UtcNow - whole.Modified > TimeSpan.FromSeconds(10))
                {
                    throw new ReferenceException(
                        $"{path} is not a .NET assembly. Where it is one, a build is writing it at this moment: run the cell again.");
                }
                Thread.Sleep(50); // a build that is writing the file is soon done
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReferenceException($"{path} cannot be referenced: {e.Message}");
        }
    }

    // Stack traces take their lines from there.
    private static void CopySymbols(string path, string target)
    {
        var symbols = Path.ChangeExtension(path, ".pdb");
        if (File.Exists(symbols))
        {
            var copy = Path.ChangeExtension(target, ".pdb");
            File.Delete(copy);
            File.Copy(symbols, copy);
        }
    }
}
