using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Workbook.Execution.Running;

/// <summary>
/// Lets a cell's own statements go on, after an await, on the thread on which they began: there a wait that blocks can be broken off, and
/// deep recursion has room.
/// </summary>
/// <remarks>Nothing else ever runs on that thread, so that no code can wait for what waits for the thread.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OwnThread
{
    /// <summary>An await that comes back to the cell's thread.</summary>
    public static OwnThreadAwaiter After(Task task) => new(task);

    /// <summary>An await that comes back to the cell's thread.</summary>
    public static OwnThreadAwaiter<T> After<T>(Task<T> task) => new(task);

    /// <summary>An await of another type, which comes back where it likes.</summary>
    public static T After<T>(T awaitable)
        where T : allows ref struct => awaitable;

    internal static void GoOn(Task task, Action goOn)
    {
        var cell = RunningCell.Current;
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() =>
        {
            if (cell?.GoOn(goOn) != true)
            {
                goOn();
            }
        });
    }
}

/// <summary>Awaits a task for <see cref="OwnThread"/>.</summary>
/// <param name="task">The task.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct OwnThreadAwaiter(Task task) : ICriticalNotifyCompletion
{
    /// <summary>Whether there is nothing to wait for.</summary>
    public bool IsCompleted => task.IsCompleted;

    /// <summary>This.</summary>
    public OwnThreadAwaiter GetAwaiter() => this;

    /// <summary>Throws what the task ended by, if it did.</summary>
    public void GetResult() => task.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => OwnThread.GoOn(task, continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => OwnThread.GoOn(task, continuation);
}

/// <summary>Awaits a task's result for <see cref="OwnThread"/>.</summary>
/// <param name="task">The task.</param>
/// <typeparam name="T">The type of the result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct OwnThreadAwaiter<T>(Task<T> task) : ICriticalNotifyCompletion
{
    /// <summary>Whether there is nothing to wait for.</summary>
    public bool IsCompleted => task.IsCompleted;

    /// <summary>This.</summary>
    public OwnThreadAwaiter<T> GetAwaiter() => this;

    /// <summary>The result.</summary>
    public T GetResult() => task.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => OwnThread.GoOn(task, continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => OwnThread.GoOn(task, continuation);
}
