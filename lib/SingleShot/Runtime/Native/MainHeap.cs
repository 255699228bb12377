using System.Runtime.InteropServices;

namespace SingleShot.Runtime.Native;

/// <summary>The heap that the process began with. It alone keeps large blocks that are freed (<see cref="NativeHeap"/>).</summary>
/// <remarks>
/// glibc gives a thread another heap, which cannot have blocks of 64 MiB: each of those is mapped by itself, and given back to the system when it is freed.
/// A training step of SSD300 with eight pictures then spends nearly half of its time on the system's pages. Which heap a thread gets cannot be asked for,
/// but seen: so threads are started until one has the main heap.
/// </remarks>
internal static unsafe class MainHeap
{
    private const int MostThreads = 64; // there are as many heaps as there were threads before libtorch was loaded, seldom more than a dozen
    private const nuint OfAnotherHeap = 4; // glibc's NON_MAIN_ARENA, in the word before a block

    private static int _taken; // 1 while work has it

    /// <summary>
    /// Runs work on a thread of its own, with the main heap where it can be had. The thread ends with the work. While other work has the main heap, this gets
    /// another one: two threads that train wait for each other at every tensor that they take from one heap, and take half as long again.
    /// </summary>
    public static Task<T> Run<T>(Func<T> work)
    {
        var main = Interlocked.CompareExchange(ref _taken, 1, 0) == 0;
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var found = new ManualResetEventSlim(); // the threads that are not taken keep their heaps until then, or the next one would get the same heap
        for (var (taken, started) = (false, 1); !taken; started++)
        {
            var decided = new ManualResetEventSlim(); // not disposed, for the thread may still be in its Set
            var last = started == MostThreads || NativeHeap.Kept is null or 0;
            new Thread(() =>
            {
                var mine = last || IsThisThreads() == main;
                taken = mine;
                decided.Set();
                if (mine)
                {
                    Complete(result, work, main);
                }
                else
                {
                    found.Wait();
                }
            })
            {
                IsBackground = true,
            }.Start();
            decided.Wait();
        }
        found.Set();
        return result.Task;
    }

    /// <summary>Whether this thread takes its memory from the main heap; asked before it has freed anything.</summary>
    internal static bool IsThisThreads()
    {
        var block = (nuint*)NativeMemory.Alloc(4096); // larger than what a thread keeps for itself
        var other = (block[-1] & OfAnotherHeap) != 0;
        NativeMemory.Free(block);
        return !other;
    }

    private static void Complete<T>(TaskCompletionSource<T> result, Func<T> work, bool main)
    {
        Action complete;
        try
        {
            var value = work();
            complete = () => result.SetResult(value);
        }
        catch (Exception e)
        {
            complete = () => result.SetException(e);
        }
        if (main)
        {
            Volatile.Write(ref _taken, 0); // before the completion, for whoever waits may begin the next work at once
        }
        complete();
    }
}
