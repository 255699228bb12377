using SingleShot.Distributed.Communication;

namespace SingleShot.Ranks;

/// <summary>Failures of a process that have nothing to do with training.</summary>
internal static class Failing
{
    /// <summary>Rank 0 fails while another thread of it waits, with rank 1, for rank 2, which never comes.</summary>
    public static void BesideAWait(ICommunicator processes)
    {
        if (processes.Rank == 2)
        {
            Thread.Sleep(Timeout.Infinite);
        }
        if (processes.Rank == 1)
        {
            processes.Sum(new float[1 << 20]);
            return;
        }
        using var begun = new ManualResetEventSlim();
        new Thread(() =>
        {
            begun.Set();
            try
            {
                processes.Sum(new float[1 << 20]);
            }
            catch (OperationCanceledException)
            {
                // The wait ends because the process gives up.
            }
        })
        {
            IsBackground = true,
        }.Start();
        begun.Wait();
        throw new InvalidOperationException("Rank 0 fails on purpose.");
    }
}
