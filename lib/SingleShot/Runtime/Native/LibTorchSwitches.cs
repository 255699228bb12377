using System.Runtime.InteropServices;

namespace SingleShot.Runtime.Native;

/// <summary>Switches of libtorch that TorchSharp does not offer, found by the names that the C++ compilers give them.</summary>
/// <param name="torch">Handle of <c>torch_cpu</c>.</param>
/// <param name="core">Handle of <c>c10</c>.</param>
internal sealed unsafe class LibTorchSwitches(nint torch, nint core)
{
    private const int Errors = 2; // above information, 0, and warnings, 1

    private readonly Lock _spoiling = new();
    private int _spoilers;
    private byte _before;

    /// <summary>
    /// Lets libtorch convolve by its own code, which knows neither oneDNN nor NNPACK: right wherever matrix products are, and several
    /// times slower.
    /// </summary>
    /// <returns>The symbols that this libtorch lacks; where there is one, nothing has been changed.</returns>
    public string[] UsePlainConvolutions()
    {
        var context = Find(torch, "_ZN2at13globalContextEv", "?globalContext@at@@YAAEAVContext@1@XZ");
        var oneDnn = Find(torch, "_ZN2at7Context20setUserEnabledMkldnnEb", "?setUserEnabledMkldnn@Context@at@@QEAAX_N@Z");
        var nnPack = Find(torch, "_ZN2at7Context20setUserEnabledNNPACKEb", "?setUserEnabledNNPACK@Context@at@@QEAAX_N@Z");
        Symbol[] symbols = [context, oneDnn, nnPack];
        string[] missing = [.. symbols.Where(symbol => symbol.Address == 0).Select(symbol => symbol.Name)];
        if (missing.Length == 0)
        {
            var global = ((delegate* unmanaged<nint>)context.Address)();
            ((delegate* unmanaged<nint, byte, void>)oneDnn.Address)(global, 0);
            ((delegate* unmanaged<nint, byte, void>)nnPack.Address)(global, 0);
        }
        return missing;
    }

    /// <summary>
    /// Keeps libtorch from writing its warnings to the terminal: of "Could not initialize NNPACK!" it writes a line for each convolution.
    /// Errors stay, and so does everything where <c>TORCH_CPP_LOG_LEVEL</c> asks for it.
    /// </summary>
    public void SilenceWarnings()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TORCH_CPP_LOG_LEVEL"))
            && Find(core, "FLAGS_caffe2_log_level", "?FLAGS_caffe2_log_level@@3HA").Address is var level and not 0)
        {
            *(int*)level = Errors;
        }
    }

    /// <summary>While it is not disposed, what gains by it computes in bfloat16 on this thread: libtorch's autocast.</summary>
    /// <param name="device">0 for the CPU, 1 for CUDA.</param>
    /// <exception cref="NotSupportedException">This libtorch lacks a symbol; nothing has been changed.</exception>
    public IDisposable ComputeInBfloat16(int device)
    {
        const int Bfloat16 = 15; // c10::ScalarType
        var enable = Find(torch, "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb", "?set_autocast_enabled@autocast@at@@YAXW4DeviceType@c10@@_N@Z");
        var choose = Find(torch, "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE", "?set_autocast_dtype@autocast@at@@YAXW4DeviceType@c10@@W4ScalarType@4@@Z");
        var forget = Find(torch, "_ZN2at8autocast11clear_cacheEv", "?clear_cache@autocast@at@@YAXXZ");
        Symbol[] symbols = [enable, choose, forget];
        if (symbols.FirstOrDefault(symbol => symbol.Address == 0) is { Name: not null } missing)
        {
            throw new NotSupportedException($"This libtorch cannot compute in bfloat16 by itself: it has no {missing.Name}. Train in float32.");
        }
        ((delegate* unmanaged<int, int, void>)choose.Address)(device, Bfloat16);
        ((delegate* unmanaged<int, byte, void>)enable.Address)(device, 1);
        return new Autocast(() =>
        {
            ((delegate* unmanaged<int, byte, void>)enable.Address)(device, 0);
            ((delegate* unmanaged<void>)forget.Address)(); // the weights in bfloat16, which the next step changes
        });
    }

    /// <summary>While it is not disposed, memory that libtorch hands out on the CPU holds NaN; where the switch is missing, what was there.</summary>
    public IDisposable SpoilMemory()
    {
        var fill = (byte*)Find(core, "FLAGS_caffe2_cpu_allocator_do_junk_fill", "?FLAGS_caffe2_cpu_allocator_do_junk_fill@@3_NA").Address;
        return new Spoiling(this, fill);
    }

    private static Symbol Find(nint library, string name, string onWindows)
    {
        name = OperatingSystem.IsWindows() ? onWindows : name;
        return new Symbol(name, NativeLibrary.TryGetExport(library, name, out var address) ? address : 0);
    }

    private readonly record struct Symbol(string Name, nint Address);

    private sealed class Autocast(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    /// <summary>Threads may spoil at the same time: memory is as it was before when the last of them has ended.</summary>
    private sealed class Spoiling : IDisposable
    {
        private readonly LibTorchSwitches _switches;
        private readonly byte* _place;

        public Spoiling(LibTorchSwitches switches, byte* place)
        {
            _switches = switches;
            _place = place;
            lock (switches._spoiling)
            {
                if (switches._spoilers++ == 0 && place != null)
                {
                    switches._before = *place;
                    *place = 1;
                }
            }
        }

        public void Dispose()
        {
            lock (_switches._spoiling)
            {
                if (--_switches._spoilers == 0 && _place != null)
                {
                    *_place = _switches._before;
                }
            }
        }
    }
}
