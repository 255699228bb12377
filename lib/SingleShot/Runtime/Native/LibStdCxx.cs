using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SingleShot.Runtime.Files;

namespace SingleShot.Runtime.Native;

/// <summary>
/// The system's C++ library, and what is done where it is older than the one TorchSharp was built with.
/// </summary>
internal static class LibStdCxx
{
    /// <summary>
    /// Prepares a copy of TorchSharp's native library that loads with this system's libstdc++, where the system needs one.
    /// </summary>
    /// <param name="original">Path of the library as the package has it; the file is never changed.</param>
    /// <returns>Path of the copy, or null where the original loads as it is.</returns>
    /// <exception cref="DllNotFoundException">A copy is needed, and cannot be made or written.</exception>
    public static string? Adapt(string original)
    {
        if (!OperatingSystem.IsLinux() || HasInitializer())
        {
            return null;
        }
        byte[] adapted;
        string name;
        try
        {
            var bytes = File.ReadAllBytes(original);
            name = $"LibTorchSharp-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}.so";
            adapted = ElfVersionPatch.Apply(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new DllNotFoundException(
                $"{original} needs a newer libstdc++ (GCC 13) than this system has, and cannot be adapted: {e.Message} "
                + "Use a newer system (Debian 13, Ubuntu 24.04), or the TorchSharp version that the project names.", e);
        }
        return WriteOnce(name, adapted);
    }

    private static bool HasInitializer() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out var library) && NativeLibrary.TryGetExport(library, ElfVersionPatch.Symbol, out _);

    /// <summary>Writes the copy where it is missing or differs: whole under another name first, so that no process loads half a file.</summary>
    private static string WriteOnce(string name, byte[] content)
    {
        Exception? reason = null;
        foreach (var folder in UserFolder.Places)
        {
            var path = Path.Combine(folder, name);
            try
            {
                if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
                {
                    return path;
                }
                Directory.CreateDirectory(folder);
                AtomicFile.Write(path, stream => stream.Write(content));
                return path;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                reason = e;
            }
        }
        throw new DllNotFoundException(
            "TorchSharp's native library has to be adapted to this system's libstdc++, and the copy cannot be written to "
            + $"{string.Join(" or ", UserFolder.Places)}: {reason?.Message} Make one of them writable, or set XDG_DATA_HOME or TMPDIR.", reason);
    }
}
