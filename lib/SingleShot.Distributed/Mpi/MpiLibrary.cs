using System.Runtime.InteropServices;

namespace SingleShot.Distributed.Mpi;

/// <summary>Finds the machine's MPI by name when the program runs; nothing is linked to it.</summary>
internal static class MpiLibrary
{
    /// <summary>The environment variable that names the library, where the usual names do not do.</summary>
    public const string Variable = "SINGLESHOT_MPI";

    private static readonly string[] OpenMpi = ["libmpi.so.40", "libmpi.40.dylib"];
    private static readonly string[] Mpich = ["libmpich.so.12", "libmpi.so.12", "libmpi.12.dylib", "msmpi.dll"];
    private static readonly string[] Either = ["libmpi.so", "libmpi.dylib"]; // there where the headers are installed

    /// <summary>The names to try, those of the launcher's family first.</summary>
    public static IReadOnlyList<string> Names(bool? openMpi) =>
        openMpi is false ? [.. Mpich, .. Either, .. OpenMpi] : [.. OpenMpi, .. Either, .. Mpich];

    /// <summary>Loads the library.</summary>
    /// <param name="launcher">Who started this process.</param>
    /// <param name="named">The library that the user names, if any.</param>
    /// <exception cref="MpiException">There is none; the message says how to install it.</exception>
    public static (nint Handle, string Name) Load(MpiLauncher? launcher, string? named)
    {
        if (!string.IsNullOrWhiteSpace(named))
        {
            return NativeLibrary.TryLoad(named, out var wanted)
                ? (wanted, named)
                : throw new MpiException($"{Variable} names {named}, which cannot be loaded. Name the file of an MPI, such as libmpi.so.40 with its folder, or unset it.");
        }
        return Load(Names(launcher?.OpenMpi));
    }

    /// <summary>Loads the first library that is there.</summary>
    /// <param name="names">Names to try.</param>
    /// <exception cref="MpiException">There is none; the message says how to install it.</exception>
    public static (nint Handle, string Name) Load(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return (handle, name);
            }
        }
        throw new MpiException(
            $"This machine has no MPI that can be loaded: none of {string.Join(", ", names)}. Install one on every machine, the same on each. On Debian and Ubuntu: "
            + $"apt-get install openmpi-bin libopenmpi3 (libopenmpi40 from Debian 13 on). On a cluster: module load openmpi. Or name its library in {Variable}.");
    }
}
