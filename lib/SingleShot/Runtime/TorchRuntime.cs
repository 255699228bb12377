using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using TorchSharp;

namespace SingleShot.Runtime;

/// <summary>
/// Sees to it that TorchSharp finds its native libraries on this machine, and describes the run-time that results.
/// </summary>
/// <remarks>
/// Nothing needs to be called before the first tensor, if any type of this library is used before it: libtorch is loaded with
/// this assembly. It has to be, for TorchSharp asks the system for libtorch by its bare name first, and another version of it may
/// be installed there.
/// </remarks>
public static class TorchRuntime
{
    private static readonly Lazy<NativeLibraries> Libraries = new(NativeLibraries.Load);

    /// <summary>Describes the run-time in one line: versions, device, threads, precision and, where one was needed, the adaptation.</summary>
    /// <param name="device">The device to describe; <see cref="ComputeDevice.Best"/> when left out.</param>
    /// <returns>For instance <c>libtorch 2.10.0 (TorchSharp 0.107.0) on cpu, 2 threads, float32</c>.</returns>
    /// <exception cref="DllNotFoundException">No usable libtorch was found; the message lists the places and the ways out.</exception>
    public static string Describe(torch.Device? device = null)
    {
        var libraries = Libraries.Value;
        device ??= ComputeDevice.Best();
        var wrapper = typeof(torch).Assembly.GetName().Version!.ToString(3);
        var line = $"libtorch {string.Join('.', torch.__version__.Split('.').Take(3))} (TorchSharp {wrapper}) on {ComputeDevice.Describe(device)}, "
            + $"{(torch.get_num_threads() is var threads and > 1 ? $"{threads} threads" : "1 thread")}, {ComputeDevice.Precision(device)}";
        return libraries.Adaptation is null ? line : $"{line}; {libraries.Adaptation}";
    }

    /// <summary>Loads the native libraries, and answers TorchSharp's requests for those that the host's own search did not find.</summary>
#pragma warning disable CA2255 // An application cannot be asked to call this: the first tensor may come before any type of this library.
    [ModuleInitializer]
    internal static void AnswerTorchSharp()
#pragma warning restore CA2255
    {
        var torchSharp = typeof(torch).Assembly;
        AssemblyLoadContext.GetLoadContext(torchSharp)!.ResolvingUnmanagedDll += (assembly, name) =>
            assembly == torchSharp ? Libraries.Value.Find(name) : 0;
        try
        {
            _ = Libraries.Value;
        }
        catch (DllNotFoundException)
        {
            // What needs no tensors works all the same; Describe, and TorchSharp's own first use, say what is wrong.
        }
    }
}
