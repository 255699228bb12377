using System.Runtime.InteropServices;
using System.Text;

namespace SingleShot.Distributed.Mpi;

/// <summary>The functions of an MPI library that are used here.</summary>
/// <remarks>Handles are as wide as an address, whatever they are in the library (<see cref="MpiHandles"/>).</remarks>
internal sealed unsafe class MpiFunctions
{
    private const int LongestText = 8192; // MPI_MAX_LIBRARY_VERSION_STRING of MPICH; Open MPI's is shorter

    /// <summary>Finds the functions of a loaded library.</summary>
    /// <param name="library">The library.</param>
    /// <exception cref="MpiException">It is no MPI, or one from before version 3 of the standard.</exception>
    public MpiFunctions(nint library)
    {
        nint Address(string name) => NativeLibrary.TryGetExport(library, name, out var address)
            ? address
            : throw new MpiException($"The library that was loaded as MPI has no {name}: it is no MPI, or one from before version 3 of the standard.");
        InitThread = (delegate* unmanaged<nint, nint, int, int*, int>)Address("MPI_Init_thread");
        Initialized = (delegate* unmanaged<int*, int>)Address("MPI_Initialized");
        End = (delegate* unmanaged<int>)Address("MPI_Finalize");
        Abort = (delegate* unmanaged<nint, int, int>)Address("MPI_Abort");
        Rank = (delegate* unmanaged<nint, int*, int>)Address("MPI_Comm_rank");
        Size = (delegate* unmanaged<nint, int*, int>)Address("MPI_Comm_size");
        SetErrorHandler = (delegate* unmanaged<nint, nint, int>)Address("MPI_Comm_set_errhandler");
        AllReduce = (delegate* unmanaged<nint, nint, int, nint, nint, nint, nint*, int>)Address("MPI_Iallreduce");
        Broadcast = (delegate* unmanaged<nint, int, nint, int, nint, nint*, int>)Address("MPI_Ibcast");
        AllGather = (delegate* unmanaged<nint, int, nint, nint, int, nint, nint, nint*, int>)Address("MPI_Iallgather");
        AllGatherVarying = (delegate* unmanaged<nint, int, nint, nint, int*, int*, nint, nint, nint*, int>)Address("MPI_Iallgatherv");
        Barrier = (delegate* unmanaged<nint, nint*, int>)Address("MPI_Ibarrier");
        Send = (delegate* unmanaged<nint, int, nint, int, int, nint, nint*, int>)Address("MPI_Isend");
        Receive = (delegate* unmanaged<nint, int, nint, int, int, nint, nint, int>)Address("MPI_Recv");
        Probe = (delegate* unmanaged<int, int, nint, int*, nint, int>)Address("MPI_Iprobe");
        Test = (delegate* unmanaged<nint*, int*, nint, int>)Address("MPI_Test");
        _errorText = (delegate* unmanaged<int, byte*, int*, int>)Address("MPI_Error_string");
        var version = (delegate* unmanaged<byte*, int*, int>)Address("MPI_Get_library_version");
        var text = stackalloc byte[LongestText];
        int length;
        version(text, &length);
        Version = Encoding.UTF8.GetString(text, length).TrimEnd('\0', '\n').Split('\n')[0];
    }

    /// <summary>What the library says of itself, in a line.</summary>
    public string Version { get; }

    /// <summary>(argc, argv, wanted thread level, provided level).</summary>
    public readonly delegate* unmanaged<nint, nint, int, int*, int> InitThread;

    /// <summary>(flag).</summary>
    public readonly delegate* unmanaged<int*, int> Initialized;

    /// <summary>MPI_Finalize.</summary>
    public readonly delegate* unmanaged<int> End;

    /// <summary>(communicator, exit code); does not return.</summary>
    public readonly delegate* unmanaged<nint, int, int> Abort;

    /// <summary>(communicator, rank).</summary>
    public readonly delegate* unmanaged<nint, int*, int> Rank;

    /// <summary>(communicator, size).</summary>
    public readonly delegate* unmanaged<nint, int*, int> Size;

    /// <summary>(communicator, handler).</summary>
    public readonly delegate* unmanaged<nint, nint, int> SetErrorHandler;

    /// <summary>(send, receive, count, type, operation, communicator, request).</summary>
    public readonly delegate* unmanaged<nint, nint, int, nint, nint, nint, nint*, int> AllReduce;

    /// <summary>(buffer, count, type, root, communicator, request).</summary>
    public readonly delegate* unmanaged<nint, int, nint, int, nint, nint*, int> Broadcast;

    /// <summary>(send, count, type, receive, count of each, type, communicator, request).</summary>
    public readonly delegate* unmanaged<nint, int, nint, nint, int, nint, nint, nint*, int> AllGather;

    /// <summary>(send, count, type, receive, counts, places, type, communicator, request).</summary>
    public readonly delegate* unmanaged<nint, int, nint, nint, int*, int*, nint, nint, nint*, int> AllGatherVarying;

    /// <summary>(communicator, request).</summary>
    public readonly delegate* unmanaged<nint, nint*, int> Barrier;

    /// <summary>(buffer, count, type, destination, tag, communicator, request).</summary>
    public readonly delegate* unmanaged<nint, int, nint, int, int, nint, nint*, int> Send;

    /// <summary>(buffer, count, type, source, tag, communicator, status).</summary>
    public readonly delegate* unmanaged<nint, int, nint, int, int, nint, nint, int> Receive;

    /// <summary>(source, tag, communicator, flag, status).</summary>
    public readonly delegate* unmanaged<int, int, nint, int*, nint, int> Probe;

    /// <summary>(request, flag, status).</summary>
    public readonly delegate* unmanaged<nint*, int*, nint, int> Test;

    private readonly delegate* unmanaged<int, byte*, int*, int> _errorText;

    /// <summary>Throws where a call has failed.</summary>
    /// <param name="error">What the call returned.</param>
    /// <param name="operation">What it was for.</param>
    /// <exception cref="MpiException">It is not 0.</exception>
    public void Check(int error, string operation)
    {
        if (error != 0)
        {
            var text = stackalloc byte[LongestText];
            int length;
            _errorText(error, text, &length);
            throw new MpiException($"MPI failed at {operation}: {Encoding.UTF8.GetString(text, length)}. Another process or the network is gone.");
        }
    }
}
