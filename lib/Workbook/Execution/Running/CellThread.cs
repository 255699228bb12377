namespace Workbook.Execution.Running;

/// <summary>The thread on which a cell's code starts: its own, so that a wait can be broken off and deep recursion has room.</summary>
internal sealed class CellThread
{
    private const int StackBytes = 16 << 20;

    private readonly Lock _leaving = new();
    private Thread? _thread;

    /// <summary>Runs code; what it awaits may go on elsewhere.</summary>
    public Task<T> Run<T>(Func<Task<T>> code)
    {
        var started = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
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
                Leave();
                started.SetResult(task);
            },
            StackBytes)
        { IsBackground = true, Name = "cell" };
        _thread = thread;
        thread.Start();
        return started.Task.Unwrap();
    }

    /// <summary>Wakes the thread if it waits, now or next; nothing once the code has gone on elsewhere.</summary>
    public void Wake()
    {
        lock (_leaving)
        {
            _thread?.Interrupt();
        }
    }

    private void Leave()
    {
        while (true)
        {
            try
            {
                lock (_leaving)
                {
                    _thread = null;
                    return;
                }
            }
            catch (ThreadInterruptedException)
            {
                // Woken after its last wait: there is nothing left to break off.
            }
        }
    }
}
