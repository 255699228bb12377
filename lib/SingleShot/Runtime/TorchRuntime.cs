using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Runtime.Loader;
using SingleShot.Runtime.Convolutions;
using SingleShot.Runtime.Native;
using SingleShot.Winograd;
using TorchSharp;

namespace SingleShot.Runtime;

/// <summary>
/// Sees to it that TorchSharp finds its native libraries on this machine, and describes the run-time that results.
/// </summary>
/// <remarks>
/// Nothing needs to be called before the first tensor, if any type of this library is used before it: libtorch is loaded with
/// this assembly. It has to be, for TorchSharp asks the system for libtorch by its bare name first, and another version of it may
/// be installed there. Then small convolutions are held against plain sums, for on some machines libtorch convolves wrongly and
/// says nothing; <see cref="Describe"/> tells what was found and done.
/// </remarks>
public static class TorchRuntime
{
    private static readonly Lazy<NativeLibraries> Libraries = new(NativeLibraries.Load);
    private static readonly Lazy<ConvolutionCheck> Convolutions = new(CheckConvolutions);
    private static readonly Lazy<bool> ChannelsLast = new(() => WinogradConvolution.IsSupported
        && new[] { ConvolutionWay.Tiled, ConvolutionWay.ChannelsLast }.All(way => ConvolutionPanel.FindWrong(Switches, way).Count == 0));
    private static readonly Lazy<IReadOnlyList<string>> Bfloat16 = new(() => ConvolutionPanel.FindWrong(Switches, ConvolutionWay.Bfloat16));

    /// <summary>
    /// Bytes of freed memory that stay with the process at most, to be used again: 1 GiB, or the MiB that the environment variable
    /// <c>SINGLESHOT_KEPT_MEMORY</c> names. With 0 the system gets all of it back at once, and a training step takes longer. May be set at any time, to a number below 2 GiB. Null
    /// where other switches of the heap are set (<c>MALLOC_TRIM_THRESHOLD_</c> and its like), or the system is not Linux with glibc: setting it does nothing there.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number, or one of 2 GiB and more.</exception>
    public static long? KeptMemory
    {
        get => NativeHeap.Kept;
        set
        {
            var bytes = Checked.Between(value ?? 0, 0, int.MaxValue, nameof(KeptMemory));
            if (NativeHeap.Kept is not null)
            {
                NativeHeap.Keep(bytes);
            }
        }
    }

    /// <summary>Bytes of freed memory that the process holds now; null where the C library does not tell.</summary>
    public static long? FreedMemory => NativeHeap.Free;

    /// <summary>Whether convolutions with the channels last, and those in tiles, can be had here and are right; the first to ask waits for the comparison.</summary>
    internal static bool ConvolvesChannelsLast => ChannelsLast.Value;

    /// <summary>What is wrong of bfloat16's convolutions on this CPU, the worst first; the first to ask waits for the comparison.</summary>
    internal static IReadOnlyList<string> WrongInBfloat16 => Bfloat16.Value;

    /// <summary>Switches of the libtorch that is loaded.</summary>
    internal static LibTorchSwitches Switches => Libraries.Value.Switches;

    /// <summary>Ends the threads that help the calling thread, which is about to wait for another one that computes.</summary>
    internal static void GiveUpTeam() => Libraries.Value.GiveUpTeam();

    /// <summary>
    /// Describes the run-time in one line: versions, device, threads, precision, whether its convolutions are right and what was done
    /// about it, and the adaptation where one was needed.
    /// </summary>
    /// <param name="device">The device to describe; <see cref="ComputeDevice.Best"/> when left out.</param>
    /// <returns>For instance <c>libtorch 2.10.0 (TorchSharp 0.107.0) on cpu, 2 threads, float32; convolutions right</c>.</returns>
    /// <exception cref="DllNotFoundException">No usable libtorch was found; the message lists the places and the ways out.</exception>
    public static string Describe(torch.Device? device = null)
    {
        var libraries = Libraries.Value;
        device ??= ComputeDevice.Best();
        var wrapper = typeof(torch).Assembly.GetName().Version!.ToString(3);
        var line = $"libtorch {string.Join('.', torch.__version__.Split('.').Take(3))} (TorchSharp {wrapper}) on {ComputeDevice.Describe(device)}, "
            + $"{(torch.get_num_threads() is var threads and > 1 ? $"{threads} threads" : "1 thread")}, {ComputeDevice.Precision(device)}";
        string?[] more = [device.type == DeviceType.CUDA ? $"on the CPU {Convolutions.Value.Words}" : Convolutions.Value.Words, SlowProcessor, libraries.Adaptation];
        return string.Join("; ", more.Where(words => words is not null).Prepend(line));
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
            Libraries.Value.Switches.SilenceWarnings();
        }
        catch (Exception)
        {
            // What fails here would take every type of this assembly with it, and what needs no tensors works all the same. Describe, and
            // TorchSharp's own first use, throw the same exception again.
            return;
        }
        if (!Convolutions.Value.AreRight)
        {
            Console.Error.WriteLine($"SingleShot: {Convolutions.Value.Words}");
        }
    }

    private static string? SlowProcessor => X86Base.IsSupported && !Avx2.IsSupported ? "this processor has no AVX2: expect a fraction of the speed" : null;

    private static ConvolutionCheck CheckConvolutions()
    {
        try
        {
            return ConvolutionCheck.Run(Libraries.Value);
        }
        catch (Exception e)
        {
            // For the same reason. The reader is told: here, in the line that describes the run-time, and on the error output.
            return new ConvolutionCheck(false, $"convolutions could not be checked: {e.Message}");
        }
    }
}
