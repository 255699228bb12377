using System.Runtime.InteropServices;

namespace SingleShot.Runtime.Native;

/// <summary>The sizes of the processor's caches, as oneDNN, which convolves for libtorch, holds them.</summary>
/// <remarks>
/// oneDNN asks the processor. In many virtual machines an AMD processor answers zeros, and oneDNN (3.7.1, in libtorch 2.10) takes
/// that for a first cache of one byte. Then the code that it makes to convert a tensor to blocks of 8 or 16 channels leaves a part
/// of the last block out, and other code divides by zero. Where it knows that it does not know, it guesses 32 KiB, 512 KiB and
/// 1 MiB, and all is well; so it is told that it does not know. Neither the sizes nor the functions are exported: the
/// functions are found by the names that the library has for itself, and the sizes are believed to be where they are only if
/// what is read there is what oneDNN's own function says.
/// </remarks>
internal sealed unsafe partial class OneDnnCaches
{
    private const string Exported = "_ZN2at13globalContextEv";                                     // at::globalContext()
    private const string Processor = "_ZN4dnnl4impl3cpu3x643cpuEv";                                // dnnl::impl::cpu::x64::cpu()
    private const string PerCore = "_ZN4dnnl4impl3cpu8platform23get_per_core_cache_sizeEi";        // dnnl::impl::cpu::platform::
    private const string Capacity = "dnnl_get_primitive_cache_capacity";
    private const string SetCapacity = "dnnl_set_primitive_cache_capacity";

    // Of the record that cpu() returns (Xbyak::util::Cpu).
    private const int Sizes = 0x1c / 4;
    private const int Sharing = 0x44 / 4;
    private const int Levels = 0x6c / 4;
    private const int MaxLevels = 10;

    // No processor that runs libtorch has a smaller cache.
    private const uint Smallest = 4096;

    private readonly uint* _record;
    private readonly delegate* unmanaged<int, uint> _perCore;
    private readonly delegate* unmanaged<int*, int> _capacity;
    private readonly delegate* unmanaged<int, int> _setCapacity;

    private OneDnnCaches(nint start, IReadOnlyDictionary<string, long> addresses)
    {
        _record = (uint*)((delegate* unmanaged<nint>)(start + (nint)addresses[Processor]))();
        _perCore = (delegate* unmanaged<int, uint>)(start + (nint)addresses[PerCore]);
        _capacity = (delegate* unmanaged<int*, int>)(start + (nint)addresses[Capacity]);
        _setCapacity = (delegate* unmanaged<int, int>)(start + (nint)addresses[SetCapacity]);
    }

    /// <summary>Finds oneDNN's record in libtorch.</summary>
    /// <param name="library">Path of <c>libtorch_cpu.so</c>, which is loaded.</param>
    /// <param name="missing">Why it is not found, a sentence; empty where it is.</param>
    /// <returns>The record; null where this system, processor or library does not have it.</returns>
    public static OneDnnCaches? Find(string library, out string missing)
    {
        missing = "";
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            missing = "oneDNN's record of the caches is looked for on 64-bit Linux only.";
            return null;
        }
        try
        {
            string[] names = [Exported, Processor, PerCore, Capacity, SetCapacity];
            var addresses = ElfSymbols.Addresses(library, names);
            if (names.FirstOrDefault(name => !addresses.ContainsKey(name)) is { } absent)
            {
                missing = $"{library} has no symbol {absent}.";
                return null;
            }
            var start = NativeLibrary.GetExport(NativeLibrary.Load(library), Exported) - (nint)addresses[Exported];
            var caches = new OneDnnCaches(start, addresses);
            missing = caches.IsUnderstood ? "" : $"oneDNN's record of the caches in {library} has another form.";
            return caches.IsUnderstood ? caches : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or EntryPointNotFoundException)
        {
            missing = $"The symbols of {library} cannot be read: {e.Message}";
            return null;
        }
    }

    /// <summary>Whether each cache size that oneDNN holds is a possible one. Where it holds none, it guesses three.</summary>
    public bool ArePlausible
    {
        get
        {
            var levels = _record[Levels] is var known and > 0 ? (int)known : 3;
            var plausible = true;
            for (var level = 1; level <= levels; level++)
            {
                plausible &= _perCore(level) >= Smallest;
            }
            return plausible;
        }
    }

    /// <summary>Makes oneDNN guess the sizes in place of impossible ones, and forget the code that it made with those.</summary>
    /// <returns>Whether it now has sizes that can be. Sizes that could be all along are left as they are, and that is no success.</returns>
    public bool GuessInstead()
    {
        if (ArePlausible)
        {
            return false;
        }
        var levels = _record[Levels];
        _record[Levels] = 0; // "could not find out"
        if (!ArePlausible)
        {
            _record[Levels] = levels;
            return false;
        }
        ForgetCode();
        return true;
    }

    private bool IsUnderstood
    {
        get
        {
            var levels = _record[Levels];
            if (levels > MaxLevels)
            {
                return false;
            }
            for (var level = 0; level < levels; level++)
            {
                if (_record[Sharing + level] == 0 || _perCore(level + 1) != _record[Sizes + level] / _record[Sharing + level])
                {
                    return false;
                }
            }
            return true;
        }
    }

    private void ForgetCode()
    {
        int capacity;
        _ = _capacity(&capacity);
        _ = _setCapacity(0);
        _ = _setCapacity(capacity);
    }
}
