using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SingleShot.Distributed.Mpi;

/// <summary>Sends notices to the other processes, and takes theirs in; neither waits for anybody.</summary>
internal sealed unsafe class Notices(MpiFunctions mpi, MpiHandles handles, int rank, int size)
{
    private const int Tag = 1512; // of messages between two processes, which meetings do not use

    private readonly List<nint> _underWay = [];
    private readonly nint _received = (nint)NativeMemory.Alloc(Notice.Length);

    /// <summary>Sends a notice to all others.</summary>
    public void Send(Notice notice)
    {
        for (var other = 0; other < size; other++)
        {
            if (other == rank)
            {
                continue;
            }
            var bytes = NativeMemory.Alloc(Notice.Length); // never freed: MPI reads it for as long as it likes, and notices are few
            notice.Write(new Span<byte>(bytes, Notice.Length));
            nint request = 0;
            if (mpi.Send((nint)bytes, Notice.Length, handles.Byte, other, Tag, handles.World, &request) == 0)
            {
                _underWay.Add(request);
            }
        }
    }

    /// <summary>The notices that have arrived since the last call.</summary>
    public IReadOnlyList<Notice> Take()
    {
        List<Notice> notices = [];
        while (true)
        {
            int there;
            mpi.Check(mpi.Probe(handles.AnySource, Tag, handles.World, &there, handles.IgnoreStatus), "a look for notices");
            if (there == 0)
            {
                return notices;
            }
            mpi.Check(mpi.Receive(_received, Notice.Length, handles.Byte, handles.AnySource, Tag, handles.World, handles.IgnoreStatus), "a notice");
            notices.Add(Notice.Read(new ReadOnlySpan<byte>((void*)_received, Notice.Length)));
        }
    }

    /// <summary>Gives what was sent a while to leave; whether it arrives is not known.</summary>
    public void Flush(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (_underWay.Count > 0 && clock.Elapsed < limit)
        {
            _underWay.RemoveAll(request =>
            {
                int done;
                return mpi.Test(&request, &done, handles.IgnoreStatus) != 0 || done != 0;
            });
            Thread.Sleep(1);
        }
    }
}
