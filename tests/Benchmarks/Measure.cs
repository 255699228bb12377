using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace SingleShot.Benchmarks;

/// <summary>Wall-clock time of a piece of work.</summary>
internal static class Measure
{
    /// <summary>Does the work once, on a heap that holds nothing of the work before.</summary>
    public static (double Seconds, T Result) Once<T>(Func<T> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var watch = Stopwatch.StartNew();
        var result = work();
        return (watch.Elapsed.TotalSeconds, result);
    }

    /// <summary>Does the work several times; the first is that of a fresh process, its code not yet compiled to the full.</summary>
    public static (double[] Seconds, T Result) Repeatedly<T>(int times, Func<T> work)
    {
        var runs = Enumerable.Range(0, times).Select(_ => Once(work)).ToArray();
        return ([.. runs.Select(run => run.Seconds)], runs[^1].Result);
    }

    /// <summary>Does a piece of work several times, after a first time that warms up, and writes the least as <see cref="TimedProcess"/> reads it. Its tensors are freed each time.</summary>
    public static void Report(string name, int times, Action work)
    {
        var (seconds, _) = Repeatedly(times + 1, () =>
        {
            using var scope = torch.NewDisposeScope();
            work();
            return 0;
        });
        Write(name, seconds[1..].Min());
    }

    /// <summary>Writes how long a piece of work took, as <see cref="TimedProcess"/> reads it.</summary>
    public static void Write(string name, double seconds) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {seconds}"));
}
