using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using SingleShot.Distributed.Communication;

namespace SingleShot.Distributed.Mpi;

/// <summary>A wait for a meeting that ends, whatever happens to the others: with the meeting, with the news of a failure, or with a roll call.</summary>
/// <remarks>
/// Once the patience is over, a process tells the others that it waits. Whoever waits, too, answers, even if its own patience is not over. Those that
/// have not answered after <see cref="RollCall"/> are at fault: they are hung, stopped or cut off.
/// </remarks>
internal sealed partial class Wait(Notices notices, int rank, int size, long meeting, string what, TimeSpan patience)
{
    /// <summary>How long the answers to a roll call may take.</summary>
    public static readonly TimeSpan RollCall = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(2); // most meetings are over by then
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private const uint ShortSleep = 50; // microseconds; MPI sends and receives while it is asked, over TCP as little as 128 KiB at a time

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<int, Notice> _present = [];
    private TimeSpan _looked;
    private bool _told;

    /// <summary>Lets other threads run, and looks for notices now and then.</summary>
    /// <exception cref="RankFailedException">Another process has failed, or has not come.</exception>
    public void GoOn()
    {
        var waited = _clock.Elapsed;
        if (waited - _looked > LookEvery)
        {
            _looked = waited;
            Look(waited);
        }
        if (waited < Busy)
        {
            Thread.Yield();
        }
        else if (waited < Soon && !OperatingSystem.IsWindows())
        {
            _ = Sleep(ShortSleep);
        }
        else
        {
            Thread.Sleep(1);
        }
    }

    private void Look(TimeSpan waited)
    {
        foreach (var notice in notices.Take())
        {
            if (notice.Failed)
            {
                throw new RankFailedException(notice.AtFault, notice.Text);
            }
            _present[notice.Rank] = notice;
        }
        if (!_told && (_present.Count > 0 || waited > patience))
        {
            _told = true;
            notices.Send(new Notice(rank, meeting, [], what));
        }
        if (waited > patience + RollCall)
        {
            throw NotAllCame();
        }
    }

    private RankFailedException NotAllCame()
    {
        var others = Enumerable.Range(0, size).Where(other => other != rank).ToArray();
        var missing = others.Where(other => !_present.TryGetValue(other, out var notice) || notice.Meeting < meeting).ToArray();
        if (missing.Length > 0)
        {
            return new RankFailedException(missing, string.Create(
                CultureInfo.InvariantCulture,
                $"{Named(missing)} of {size} did not come to meeting {meeting} ({what}) within {patience.TotalSeconds:0.#} s, and did not answer: hung, stopped, or cut off from the network."));
        }
        var elsewhere = others.Where(other => _present[other].Meeting != meeting || _present[other].Text != what).ToArray();
        return new RankFailedException(
            elsewhere.Length > 0 ? elsewhere : others,
            $"All processes wait, but not for the same. Rank {rank} is at meeting {meeting} ({what}); "
            + string.Join("; ", others.Select(other => $"rank {other} at meeting {_present[other].Meeting} ({_present[other].Text})"))
            + ". Each process has to call the same methods in the same order.");
    }

    // .NET's own sleeps take a millisecond at least.
    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);

    private static string Named(int[] ranks) => (ranks.Length == 1 ? "Rank " : "Ranks ") + string.Join(", ", ranks);
}
