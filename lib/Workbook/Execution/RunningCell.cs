namespace Workbook.Execution;

/// <summary>A cell from its first statement on, also as whatever it started sees it after its end.</summary>
/// <remarks>
/// It flows with the code that the cell runs, into its tasks and threads, so that late output still finds its cell. Code that lost
/// track of who started it belongs to the cell that began last.
/// </remarks>
internal sealed class RunningCell(ICellHost host, CancellationToken stop)
{
    private static readonly AsyncLocal<RunningCell?> Flowing = new();
    private static RunningCell? _latest;

    private readonly Lock _order = new();
    private int _forced;

    /// <summary>The cell that this code belongs to; null outside all cells.</summary>
    public static RunningCell? Current => Flowing.Value ?? Volatile.Read(ref _latest);

    /// <summary>Fires when the cell is asked to stop.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Makes this the cell of the code that follows, and of code that lost track.</summary>
    public void Begin()
    {
        Flowing.Value = this;
        Volatile.Write(ref _latest, this);
        AppContext.SetData(Interruption.Key, stop);
    }

    /// <summary>The cell's last statement is done.</summary>
    public void End()
    {
        Interlocked.CompareExchange(ref _latest, null, this);
        if (Interlocked.Exchange(ref _forced, 0) != 0)
        {
            Interruption.End();
        }
    }

    /// <summary>From now until its end the cell's loops throw.</summary>
    public void Force()
    {
        if (Interlocked.Exchange(ref _forced, 1) == 0)
        {
            Interruption.Begin();
        }
    }

    /// <summary>Throws in a cell that must stop.</summary>
    public void ThrowIfForced()
    {
        if (Volatile.Read(ref _forced) != 0)
        {
            throw new OperationCanceledException("The cell was interrupted.");
        }
    }

    /// <summary>Passes an output on, one at a time.</summary>
    public void Send(CellOutput output)
    {
        lock (_order)
        {
            host.Receive(output);
        }
    }

    /// <summary>Asks the reader for a line.</summary>
    public string? ReadLine() => host.ReadLine(stop);
}
