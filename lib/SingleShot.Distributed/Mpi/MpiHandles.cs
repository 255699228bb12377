using System.Runtime.InteropServices;

namespace SingleShot.Distributed.Mpi;

/// <summary>The constants of MPI's header, which differ between its two families.</summary>
/// <remarks>
/// In Open MPI a handle is the address of a symbol. In MPICH and what came of it (Intel MPI, MVAPICH, Cray's, Microsoft's) it is a number of 32 bits,
/// fixed since MPICH's ABI agreement of 2013. Both go into a register of 64 bits, of which an MPICH reads the lower half, so that one set of
/// calls serves both.
/// </remarks>
internal sealed record MpiHandles(
    nint World, nint Byte, nint Float, nint Double, nint Sum, nint ErrorsReturn, nint InPlace, nint IgnoreStatus, int AnySource)
{
    /// <summary>MPI_THREAD_SERIALIZED: calls come from several threads, one at a time.</summary>
    public const int ThreadSerialized = 2;

    private static readonly string[] NumberedFamily = ["MPICH", "Intel", "MVAPICH", "CRAY", "Microsoft"];

    /// <summary>Those of a loaded library.</summary>
    /// <param name="library">The library.</param>
    /// <param name="version">What it says of itself.</param>
    /// <exception cref="MpiException">It is of neither family.</exception>
    public static MpiHandles Of(nint library, string version)
    {
        nint Address(string symbol) => NativeLibrary.GetExport(library, symbol);
        if (NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out var world))
        {
            return new MpiHandles(
                world, Address("ompi_mpi_byte"), Address("ompi_mpi_float"), Address("ompi_mpi_double"), Address("ompi_mpi_op_sum"),
                Address("ompi_mpi_errors_return"), InPlace: 1, IgnoreStatus: 0, AnySource: -1);
        }
        if (NumberedFamily.Any(name => version.Contains(name, StringComparison.OrdinalIgnoreCase)))
        {
            return new MpiHandles(
                0x44000000, 0x4c00010d, 0x4c00040a, 0x4c00080b, 0x58000003, 0x54000001, InPlace: -1, IgnoreStatus: 1, AnySource: -2);
        }
        throw new MpiException($"This MPI is of no known family, neither Open MPI's nor MPICH's: {version} Use one of those two.");
    }
}
