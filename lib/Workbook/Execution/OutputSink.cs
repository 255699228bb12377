namespace Workbook.Execution;

/// <summary>The one cell that is running, as its console text and displays see it. The console is the process's, so this is, too.</summary>
internal sealed class OutputSink(Action<CellOutput> receive) : IDisposable
{
    private static OutputSink? _current;

    private readonly Lock _order = new();
    private bool _closed;

    /// <summary>The running cell's sink; null between cells.</summary>
    public static OutputSink? Current => Volatile.Read(ref _current);

    /// <summary>Makes a cell's sink the current one.</summary>
    public static OutputSink Open(Action<CellOutput> receive)
    {
        var sink = new OutputSink(receive);
        return Interlocked.CompareExchange(ref _current, sink, null) is null
            ? sink
            : throw new InvalidOperationException("A cell is running already: the console can serve one at a time.");
    }

    /// <summary>Passes an output on; one at a time, and none once the cell has ended.</summary>
    public void Send(CellOutput output)
    {
        lock (_order)
        {
            if (!_closed)
            {
                receive(output);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_order)
        {
            _closed = true;
        }
        Interlocked.CompareExchange(ref _current, null, this);
    }
}
