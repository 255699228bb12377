using System.ComponentModel;

namespace Workbook.Execution.Running;

/// <summary>How a running cell comes to a stop.</summary>
/// <remarks>
/// First the cell is asked: libraries read a <see cref="CancellationToken"/> from <see cref="AppContext.GetData"/> under
/// <see cref="Key"/>, so they need not know this program. A cell that goes on is forced: every loop that is written in a cell
/// looks here, a wait on the cell's own thread is woken, and every await that is written in a cell is broken off.
/// </remarks>
public static class Interruption
{
    /// <summary>The name of the <see cref="AppContext"/> entry that holds the running cell's <see cref="CancellationToken"/>.</summary>
    public const string Key = "Notebook.Interrupt";

    private static int _forced;

    /// <summary>Called by each turn of the loops that are written in cells.</summary>
    /// <exception cref="OperationCanceledException">The cell must stop.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Check()
    {
        // Nearly always zero, so that a loop hardly feels it.
        if (Volatile.Read(ref _forced) != 0)
        {
            RunningCell.Current?.ThrowIfForced();
        }
    }

    /// <summary>Counts a cell that is forced to stop.</summary>
    internal static void BeginForcing() => Interlocked.Increment(ref _forced);

    /// <summary>Counts it no longer: it has ended, and so has what it left running.</summary>
    internal static void EndForcing() => Interlocked.Decrement(ref _forced);
}

/// <summary>How long a cell that is asked to stop may take.</summary>
/// <param name="BeforeForce">From the request until its loops and waits are broken off.</param>
/// <param name="BeforeLeaving">From then until it is given up, and left running in the background.</param>
public sealed record StopTimeouts(TimeSpan BeforeForce, TimeSpan BeforeLeaving)
{
    /// <summary>Where a person watches: enough for a training step and its last words.</summary>
    public static StopTimeouts Interactive { get; } = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3));

    /// <summary>Where the program is to end with the cell.</summary>
    public static StopTimeouts Headless { get; } = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5));
}
