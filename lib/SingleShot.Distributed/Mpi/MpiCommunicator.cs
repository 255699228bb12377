using System.Diagnostics;
using System.Runtime.InteropServices;
using SingleShot.Distributed.Communication;

namespace SingleShot.Distributed.Mpi;

/// <summary>The processes that an MPI launcher has started.</summary>
/// <remarks>
/// Every meeting is one of MPI's nonblocking operations, which is asked again and again whether it is done: so no wait is without an end
/// (<see cref="Wait"/>). What MPI reads and writes is memory of this object's own. A garbage collection cannot move it, and it stays where a
/// meeting was given up halfway.
/// </remarks>
internal sealed unsafe class MpiCommunicator : ICommunicator
{
    private const int StagingLength = 4 << 20; // bytes that go at once: enough to fill any network, and all of it stays in a processor's cache
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly MpiFunctions _mpi;
    private readonly MpiHandles _handles;
    private readonly Notices _notices;
    private readonly TimeSpan _patience;
    private readonly nint _staging = (nint)NativeMemory.Alloc(StagingLength);
    private readonly Lock _oneAtATime = new();
    private Exception? _failure;
    private long _meeting;
    private volatile bool _givenUp;

    private MpiCommunicator(MpiFunctions mpi, MpiHandles handles, int rank, int size, TimeSpan patience)
    {
        (_mpi, _handles, Rank, Size, _patience) = (mpi, handles, rank, size, patience);
        _notices = new Notices(mpi, handles, rank, size);
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <summary>What the library says of itself.</summary>
    public string Version => _mpi.Version;

    private Span<byte> Staging => new((void*)_staging, StagingLength);

    /// <summary>Begins to work with the other processes.</summary>
    /// <param name="launcher">Who has started them.</param>
    /// <param name="named">The library that the user names, if any.</param>
    /// <param name="patience">How long the others may keep this one waiting.</param>
    /// <exception cref="MpiException">There is no MPI here, or it is not the launcher's.</exception>
    public static MpiCommunicator Start(MpiLauncher launcher, string? named, TimeSpan patience)
    {
        var (library, name) = MpiLibrary.Load(launcher, named);
        var mpi = new MpiFunctions(library);
        var handles = MpiHandles.Of(library, mpi.Version);
        int begun, level, rank, size;
        mpi.Check(mpi.Initialized(&begun), "its start");
        if (begun == 0)
        {
            mpi.Check(mpi.InitThread(0, 0, MpiHandles.ThreadSerialized, &level), "its start");
        }
        mpi.Check(mpi.SetErrorHandler(handles.World, handles.ErrorsReturn), "its start");
        mpi.Check(mpi.Rank(handles.World, &rank), "its start");
        mpi.Check(mpi.Size(handles.World, &size), "its start");
        launcher.Check(size, $"{name} ({mpi.Version})");
        return new MpiCommunicator(mpi, handles, rank, size, patience);
    }

    /// <inheritdoc/>
    public void Sum(Span<float> numbers) => Sum(numbers, _handles.Float);

    /// <inheritdoc/>
    public void Sum(Span<double> numbers) => Sum(numbers, _handles.Double);

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes, int root = 0) => Meet($"a broadcast of {bytes.Length} bytes", bytes, (all, what) =>
    {
        for (var start = 0; start < all.Length; start += StagingLength)
        {
            var part = all[start..Math.Min(all.Length, start + StagingLength)];
            part.CopyTo(Staging);
            nint request = 0;
            _mpi.Check(_mpi.Broadcast(_staging, part.Length, _handles.Byte, root, _handles.World, &request), what);
            Complete(&request, what);
            Staging[..part.Length].CopyTo(part);
        }
    });

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes)
    {
        var mine = bytes.ToArray();
        byte[][] all = new byte[Size][];
        Meet("a gather", mine, (sent, what) =>
        {
            var (lengths, places) = Lengths(sent.Length, what);
            // Freed only where the gather was completed: until then MPI may write there.
            var send = NativeMemory.Alloc((nuint)Math.Max(1, sent.Length));
            var receive = NativeMemory.Alloc((nuint)Math.Max(1, places[^1] + lengths[^1]));
            sent.CopyTo(new Span<byte>(send, sent.Length));
            nint request = 0;
            fixed (int* counts = lengths, starts = places)
            {
                _mpi.Check(
                    _mpi.AllGatherVarying((nint)send, sent.Length, _handles.Byte, (nint)receive, counts, starts, _handles.Byte, _handles.World, &request), what);
                Complete(&request, what);
            }
            for (var rank = 0; rank < Size; rank++)
            {
                all[rank] = new ReadOnlySpan<byte>((byte*)receive + places[rank], lengths[rank]).ToArray();
            }
            NativeMemory.Free(send);
            NativeMemory.Free(receive);
        });
        return all;
    }

    /// <inheritdoc/>
    public void Barrier() => Meet("a barrier", [], (_, what) =>
    {
        nint request = 0;
        _mpi.Check(_mpi.Barrier(_handles.World, &request), what);
        Complete(&request, what);
    });

    /// <summary>Ends the work with the others, who all do the same.</summary>
    public void End()
    {
        Barrier(); // whose wait has an end, while MPI's own has none
        _mpi.Check(_mpi.End(), "its end");
    }

    /// <summary>Tells the others why the work ends, and ends them all. It does not return.</summary>
    /// <param name="atFault">The ranks at fault.</param>
    /// <param name="reason">Why, for the others to print.</param>
    public void GiveUp(IReadOnlyList<int> atFault, string reason)
    {
        _givenUp = true; // ends the wait of another thread: MPI is called by one at a time
        lock (_oneAtATime)
        {
            _notices.Send(new Notice(Rank, _meeting, atFault, reason));
            _notices.Flush(Farewell);
        }
        Thread.Sleep(Farewell); // for the others to print it: MPI ends them in the middle of a word
        using var lastResort = new Timer(_ => Process.GetCurrentProcess().Kill(), null, 2 * Farewell, Timeout.InfiniteTimeSpan);
        _mpi.Abort(_handles.World, 1);
        Process.GetCurrentProcess().Kill();
    }

    private void Sum<T>(Span<T> numbers, nint type) where T : unmanaged =>
        Meet($"a sum of {numbers.Length} numbers", MemoryMarshal.AsBytes(numbers), (bytes, what) =>
        {
            for (var start = 0; start < bytes.Length; start += StagingLength)
            {
                var part = bytes[start..Math.Min(bytes.Length, start + StagingLength)];
                part.CopyTo(Staging);
                nint request = 0;
                _mpi.Check(
                    _mpi.AllReduce(_handles.InPlace, _staging, part.Length / sizeof(T), type, _handles.Sum, _handles.World, &request), what);
                Complete(&request, what);
                Staging[..part.Length].CopyTo(part);
            }
        });

    private (int[] Lengths, int[] Places) Lengths(int mine, string what)
    {
        var slots = new Span<int>((void*)_staging, Size + 1);
        slots[Size] = mine;
        nint request = 0;
        _mpi.Check(
            _mpi.AllGather(_staging + Size * sizeof(int), sizeof(int), _handles.Byte, _staging, sizeof(int), _handles.Byte, _handles.World, &request), what);
        Complete(&request, what);
        var lengths = slots[..Size].ToArray();
        var places = new int[Size];
        for (var rank = 1; rank < Size; rank++)
        {
            places[rank] = checked(places[rank - 1] + lengths[rank - 1]);
        }
        return (lengths, places);
    }

    private void Meet(string what, Span<byte> bytes, Meeting meeting)
    {
        lock (_oneAtATime)
        {
            if (_failure is not null)
            {
                throw _failure;
            }
            _meeting++;
            try
            {
                meeting(bytes, what);
            }
            catch (Exception e) when (e is RankFailedException or MpiException)
            {
                _failure = e;
                throw;
            }
        }
    }

    private void Complete(nint* request, string what)
    {
        var wait = new Wait(_notices, Rank, Size, _meeting, what, _patience);
        while (true)
        {
            int done;
            _mpi.Check(_mpi.Test(request, &done, _handles.IgnoreStatus), what);
            if (done != 0)
            {
                return;
            }
            if (_givenUp)
            {
                throw new OperationCanceledException($"This process has given up, and does not wait for {what} any more.");
            }
            wait.GoOn();
        }
    }

    private delegate void Meeting(Span<byte> bytes, string what);
}
