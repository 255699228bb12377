using System.Reflection;
using System.Runtime.InteropServices;
using SingleShot.Runtime.Native;

/// <summary>
/// Makes convolutions wrong in a process, in the very way in which they are wrong on machines that hide their cache sizes:
/// <c>DOTNET_STARTUP_HOOKS</c> names this assembly, and the run-time calls it before the program.
/// </summary>
/// <remarks>
/// As soon as SingleShot is loaded, and before any of its code runs, libtorch is loaded from where SingleShot would take it, and oneDNN is
/// given caches of one byte. All memory that libtorch hands out holds NaN, unless <c>DISTURBANCE_MEMORY</c> is <c>clean</c>: filling it takes time.
/// <c>DISTURBANCE=stubborn</c> leaves no remedy but to turn oneDNN off: its function for cache sizes is overwritten. The verdict of an undisturbed process is not believed, nor
/// is one of this process kept.
/// </remarks>
internal static class StartupHook
{
    private const string Check = "SINGLESHOT_CONVOLUTIONS";

    private static int _done;

    public static void Initialize() => AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) =>
    {
        if (loaded.LoadedAssembly.GetName().Name == "SingleShot" && Interlocked.Exchange(ref _done, 1) == 0)
        {
            try
            {
                Disturb(loaded.LoadedAssembly);
            }
            catch (Exception e)
            {
                // The run-time swallows what a handler throws, and an undisturbed process would pass for a disturbed one.
                Console.Error.WriteLine($"Disturbance: {e}");
                Environment.Exit(1);
            }
        }
    };

    private static unsafe void Disturb(Assembly library)
    {
        var built = library.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key == "LibTorchFolder")?.Value;
        string?[] places = Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } chosen
            ? [chosen, Path.Combine(chosen, "lib")]
            : [Path.GetDirectoryName(library.Location), built];
        var folder = places.First(place => File.Exists(Path.Combine(place ?? "", "libtorch_cpu.so")))!;
        var core = NativeLibrary.Load(Path.Combine(folder, "libc10.so"));
        var path = Path.Combine(folder, "libtorch_cpu.so");
        NativeLibrary.Load(path);
        *(bool*)NativeLibrary.GetExport(core, "FLAGS_caffe2_cpu_allocator_do_junk_fill") = Environment.GetEnvironmentVariable("DISTURBANCE_MEMORY") != "clean";
        var caches = OneDnnCaches.Find(path, out var missing) ?? throw new InvalidOperationException($"Convolutions cannot be disturbed: {missing}");
        caches.Hide(forGood: Environment.GetEnvironmentVariable("DISTURBANCE") == "stubborn");
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Check)))
        {
            Environment.SetEnvironmentVariable(Check, "check");
        }
    }
}
