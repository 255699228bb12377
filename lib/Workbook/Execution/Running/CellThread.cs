namespace Workbook.Execution.Running;

/// <summary>
/// The thread on which a cell's code starts, and goes on after its awaits: its own, so that a wait can be broken off and deep recursion has
/// room.
/// </summary>
internal sealed class CellThread
{
    private const int StackBytes = 16 << 20;

    private readonly Lock _leaving = new();
    private readonly Queue<Action> _next = new();
    private Thread? _thread;
    private bool _isOver;

    /// <summary>Runs code; what it calls may go on elsewhere.</summary>
    public Task<T> Run<T>(Func<Task<T>> code)
    {
        var ended = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                Task<T> task;
                try
                {
                    task = code();
                }
                catch (Exception e)
                {
                    task = Task.FromException<T>(e);
                }
                task.ContinueWith(
                    over =>
                    {
                        End();
                        ended.SetFromTask(over);
                    },
                    TaskScheduler.Default);
                while (Next() is { } next)
                {
                    next();
                }
            },
            StackBytes)
        { IsBackground = true, Name = "cell" };
        _thread = thread;
        thread.Start();
        return ended.Task;
    }

    /// <summary>Runs what follows an await, once the thread has nothing else to run.</summary>
    /// <returns>False once the code has come to its end.</returns>
    public bool GoOn(Action next)
    {
        lock (_next)
        {
            if (!_isOver)
            {
                _next.Enqueue(next);
                Monitor.Pulse(_next);
            }
            return !_isOver;
        }
    }

    /// <summary>Wakes the thread if it waits, now or next; nothing once the code has come to its end.</summary>
    public void Wake()
    {
        lock (_leaving)
        {
            _thread?.Interrupt();
        }
    }

    private void End()
    {
        lock (_next)
        {
            _isOver = true;
            Monitor.Pulse(_next);
        }
    }

    // Null once the code has come to its end. Woken here, the thread has no wait of the cell's to break off.
    private Action? Next()
    {
        while (true)
        {
            try
            {
                lock (_next)
                {
                    while (_next.Count == 0 && !_isOver)
                    {
                        Monitor.Wait(_next);
                    }
                    if (_next.TryDequeue(out var next))
                    {
                        return next;
                    }
                }
                lock (_leaving)
                {
                    _thread = null;
                    return null;
                }
            }
            catch (ThreadInterruptedException)
            {
            }
        }
    }
}
