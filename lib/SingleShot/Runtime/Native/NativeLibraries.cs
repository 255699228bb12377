using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace SingleShot.Runtime.Native;

/// <summary>libtorch and TorchSharp's own native library, loaded from where they are on this machine.</summary>
internal sealed class NativeLibraries
{
    private const string Wrapper = "LibTorchSharp";

    private readonly string _folder;
    private readonly nint _wrapper;
    private readonly nint _torch;

    private NativeLibraries(string folder, nint wrapper, string? adaptation)
    {
        (_folder, _wrapper, Adaptation) = (folder, wrapper, adaptation);
        _torch = LoadFile(TorchPath);
        Switches = new LibTorchSwitches(_torch, LoadFile(Path.Combine(folder, FileName("c10"))));
    }

    /// <summary>What had to be done for TorchSharp to load here, in a few words; null where nothing had to.</summary>
    public string? Adaptation { get; }

    /// <summary>Path of <c>torch_cpu</c>, which every libtorch has; of the file itself where there is a link to it.</summary>
    public string TorchPath => Path.Combine(_folder, FileName("torch_cpu")) is var path && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } file
        ? file.FullName
        : path;

    /// <summary>The switches of libtorch that TorchSharp does not offer.</summary>
    public LibTorchSwitches Switches { get; }

    /// <summary>Loads libtorch, then the wrapper over it: the wrapper's own dependencies are then met by what is already loaded.</summary>
    /// <exception cref="DllNotFoundException">A library is missing or does not load; the message says what to do.</exception>
    public static NativeLibraries Load()
    {
        ThreadTeams.SpinBriefly();
        if (NativeHeap.KeepFreedMemory() is { } misunderstood)
        {
            Console.Error.WriteLine($"SingleShot: {misunderstood}");
        }
        var folder = FindLibTorch();
        foreach (var name in new[] { "c10", "torch_cpu", "torch_cuda", "torch" })
        {
            var path = Path.Combine(folder, FileName(name));
            if (File.Exists(path))
            {
                LoadFile(path);
            }
        }
        var original = FindWrapper();
        var adapted = LibStdCxx.Adapt(original);
        var handle = LoadFile(adapted ?? original);
        return new NativeLibraries(folder, handle, adapted is null ? null : $"LibTorchSharp adapted to this system's older libstdc++ ({adapted})");
    }

    /// <summary>Ends the threads that help the calling thread, which is about to wait for another one that computes.</summary>
    public void GiveUpTeam() => ThreadTeams.GiveUp(_torch);

    /// <summary>The handle of a native library that TorchSharp asks for by its bare name; 0 for one that is not here.</summary>
    public nint Find(string name)
    {
        if (name == Wrapper)
        {
            return _wrapper;
        }
        var path = Path.Combine(_folder, FileName(name));
        return File.Exists(path) ? LoadFile(path) : 0;
    }

    private static string FindLibTorch()
    {
        var chosen = Environment.GetEnvironmentVariable("LIBTORCH");
        string?[] places = string.IsNullOrEmpty(chosen)
            ? [AssemblyFolder, Built("LibTorchFolder"), Path.Combine(AssemblyFolder, Native), .. PackageFolders.Select(InPackage)]
            : [chosen, Path.Combine(chosen, "lib")];
        return places.FirstOrDefault(place => place is not null && File.Exists(Path.Combine(place, FileName("torch_cpu"))))
            ?? throw new DllNotFoundException(
                $"libtorch ({FileName("torch_cpu")}) is in none of: {string.Join(", ", places.Where(place => place is not null).Distinct())}. "
                + $"Run 'dotnet restore' again if the package folder was cleared, reference the package {LibTorchPackage} {Built("LibTorchVersion")}, "
                + "or set LIBTORCH to the lib folder of an installed PyTorch.");
    }

    private static string FindWrapper()
    {
        // In a package folder, the assembly is at lib/net.../ of its package.
        var package = Path.GetFullPath(Path.Combine(FolderOf(typeof(torch)), "..", ".."));
        string[] places = [.. new[] { AssemblyFolder, Path.Combine(AssemblyFolder, Native), Path.Combine(package, Native) }
            .Select(folder => Path.Combine(folder, FileName(Wrapper)))];
        return places.FirstOrDefault(File.Exists)
            ?? throw new DllNotFoundException($"TorchSharp's own native library is in none of: {string.Join(", ", places)}. Build the project again.");
    }

    private static string InPackage(string packages) => Path.Combine(packages, LibTorchPackage, Built("LibTorchVersion")!, Native);

    private static string? Built(string name) =>
        typeof(NativeLibraries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key == name)?.Value;

    private static nint LoadFile(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException(
                $"{path} does not load here: {e.Message} Set LIBTORCH to the lib folder of a PyTorch built for this system, "
                + "or use a newer system (Debian 12, Ubuntu 22.04 and later are known to work).", e);
        }
    }

    private static string AssemblyFolder => FolderOf(typeof(NativeLibraries));

    // A notebook loads assemblies where their packages are, PACKAGES/name/version/lib/net.../, and nothing is copied beside them.
    private static IEnumerable<string> PackageFolders => new[] { typeof(NativeLibraries), typeof(torch) }.Select(FolderOf)
        .Where(folder => Path.GetFileName(Path.GetDirectoryName(folder)) == "lib").Select(folder => Path.GetFullPath(Path.Combine(folder, "..", "..", "..", ".."))).Distinct();

    private static string LibTorchPackage => $"libtorch-cpu-{RuntimeInformation.RuntimeIdentifier}";

    private static string Native => Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native");

    private static string FolderOf(Type type) => Path.GetDirectoryName(type.Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;

    private static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
}
