using System.ComponentModel;

namespace Workbook.Execution;

/// <summary>How a running cell comes to a stop.</summary>
/// <remarks>
/// First the cell is asked: libraries read a <see cref="CancellationToken"/> from <see cref="AppContext.GetData"/> under
/// <see cref="Key"/>, so they need not know this program. A cell that goes on is made to: every loop that is written in a cell
/// looks here, and a wait on the cell's own thread is woken.
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

    /// <summary>One more cell that must stop.</summary>
    internal static void Begin() => Interlocked.Increment(ref _forced);

    /// <summary>One of them has.</summary>
    internal static void End() => Interlocked.Decrement(ref _forced);
}
