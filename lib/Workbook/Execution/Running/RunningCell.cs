using Workbook.Outputs;

namespace Workbook.Execution.Running;

/// <summary>A cell from its first statement on, also as whatever it started sees it after its end.</summary>
/// <remarks>
/// It flows with the code that the cell runs, into its tasks and threads, so that late output still finds its cell. Code that lost
/// track of who started it belongs to the cell that began last.
/// </remarks>
#pragma warning disable CA1001 // What the cell left running may still wait by it.
internal sealed class RunningCell(ICellHost host, CancellationToken stop)
#pragma warning restore CA1001
{
    private static readonly AsyncLocal<RunningCell?> Flowing = new();
    private static RunningCell? _latest;

    // Loops end first: what they work with is disposed of by those who wait for them.
    private static readonly TimeSpan LoopsFirst = TimeSpan.FromMilliseconds(200);

    // How long what a stopped cell left running elsewhere has to come to the next turn of its loop.
    private static readonly TimeSpan Leftovers = TimeSpan.FromMinutes(1);

    private readonly CellThread _thread = new();
    private readonly Lock _order = new();
    private readonly CancellationTokenSource _broken = new();
    private int _forced;

    /// <summary>The cell that this code belongs to; null outside all cells.</summary>
    public static RunningCell? Current => Flowing.Value ?? Volatile.Read(ref _latest);

    /// <summary>Fires when the cell is asked to stop.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Fires when the cell must stop, and what it awaits is waited for no longer.</summary>
    public CancellationToken Broken => _broken.Token;

    /// <summary>Runs the cell's code on a thread of its own, until it ends or, asked to stop, is given up.</summary>
    /// <param name="code">The code, and how it ended where nobody asked it to stop.</param>
    /// <param name="timeouts">How long it may go on once it is asked to stop.</param>
    public async Task<CellResult> RunAsync(Func<Task<CellResult>> code, StopTimeouts timeouts)
    {
        var run = _thread.Run(async () =>
        {
            Begin();
            try
            {
                var result = await code().ConfigureAwait(false);
                // Asked to stop while it ran: also one that listened, and ended before this was noticed here.
                return stop.IsCancellationRequested ? CellResult.Stopped : result;
            }
            finally
            {
                End();
            }
        });
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = stop.Register(() => stopped.TrySetResult());
        if (await Task.WhenAny(run, stopped.Task).ConfigureAwait(false) != run && !await EndsWithin(run, timeouts.BeforeForce).ConfigureAwait(false))
        {
            Force();
            _thread.Wake();
            if (!await EndsWithin(run, timeouts.BeforeLeaving).ConfigureAwait(false))
            {
                return CellResult.LeftRunning;
            }
        }
        return await run.ConfigureAwait(false);
    }

    /// <summary>Runs what follows an await of the cell's own statements on the cell's thread.</summary>
    /// <returns>False once the cell has ended.</returns>
    public bool GoOn(Action next) => _thread.GoOn(next);

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

    private static async Task<bool> EndsWithin(Task run, TimeSpan time) =>
        await Task.WhenAny(run, Task.Delay(time)).ConfigureAwait(false) == run;

    // Makes this the cell of the code that follows, and of code that lost track.
    private void Begin()
    {
        Flowing.Value = this;
        Volatile.Write(ref _latest, this);
        AppContext.SetData(Interruption.Key, stop);
    }

    private void End()
    {
        Interlocked.CompareExchange(ref _latest, null, this);
        if (Volatile.Read(ref _forced) != 0)
        {
            _ = Task.Delay(Leftovers).ContinueWith(_ => Interruption.EndForcing(), TaskScheduler.Default);
        }
    }

    // From now on the cell's loops throw, also those that it left running elsewhere; a moment later its awaits do.
    private void Force()
    {
        Volatile.Write(ref _forced, 1);
        Interruption.BeginForcing();
        _broken.CancelAfter(LoopsFirst);
    }
}

/// <summary>How a cell ended.</summary>
public enum CellResult
{
    /// <summary>It ran to its end.</summary>
    Done,

    /// <summary>It did not compile, or threw.</summary>
    Failed,

    /// <summary>It was asked to stop, and ended.</summary>
    Stopped,

    /// <summary>It was asked to stop and did not listen: it goes on in the background, and what it puts out still comes to its host.</summary>
    LeftRunning,
}

/// <summary>What a cell talks to while it runs: the place for its outputs, and the person who may answer it.</summary>
public interface ICellHost
{
    /// <summary>Takes an output. Outputs come one at a time and in order, perhaps after the cell's end from what it left running.</summary>
    /// <param name="output">The output.</param>
    void Receive(CellOutput output);

    /// <summary>Asks for a line of text; blocks until it is there.</summary>
    /// <param name="cancellation">Fires when the cell is asked to stop.</param>
    /// <returns>The line without its end; null when there is no more.</returns>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> fired.</exception>
    string? ReadLine(CancellationToken cancellation);
}

/// <summary>The host of a cell that runs with nobody there to answer it.</summary>
/// <param name="receive">Takes the outputs.</param>
public sealed class UnattendedHost(Action<CellOutput> receive) : ICellHost
{
    /// <summary>The name of the <see cref="AppContext"/> entry that is true in a process that runs notebooks for nobody in particular, so that libraries need not wait for a reader.</summary>
    public const string Key = "Notebook.Unattended";

    /// <inheritdoc/>
    public void Receive(CellOutput output) => receive(output);

    /// <inheritdoc/>
    public string? ReadLine(CancellationToken cancellation) => throw new InvalidOperationException(
        "The cell asks for input, and nobody is there to answer: open the notebook in an editor to run this cell, or give it a parameter instead.");
}
