using System.Diagnostics;

namespace SingleShot.Benchmarks;

/// <summary>Time and memory of one piece of work.</summary>
/// <param name="Seconds">Wall clock.</param>
/// <param name="PeakMegabytes">The highest working set of this process so far, in 10^6 bytes.</param>
internal readonly record struct Measure(double Seconds, double PeakMegabytes)
{
    /// <summary>Does the work once, on a heap that holds nothing of the work before.</summary>
    public static (Measure Measure, T Result) Of<T>(Func<T> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var watch = Stopwatch.StartNew();
        var result = work();
        var seconds = watch.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        return (new Measure(seconds, process.PeakWorkingSet64 / 1e6), result);
    }
}
