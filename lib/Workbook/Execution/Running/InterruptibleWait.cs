using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Workbook.Execution.Running;

/// <summary>What the awaits that are written in cells wait for: what they name, but no longer than until their cell must stop.</summary>
/// <remarks>
/// What is awaited goes on when the wait is broken off, and the await throws an <see cref="OperationCanceledException"/>. There is an overload
/// for every type of .NET that stands for a task, and one for awaitables of other types, which are awaited as they are.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class InterruptibleWait
{
    /// <summary>A wait for a task.</summary>
    public static Task On(Task task) => task is null or { IsCompleted: true } ? task! : task.WaitAsync(Broken);

    /// <summary>A wait for a task's result.</summary>
    public static Task<T> On<T>(Task<T> task) => task is null or { IsCompleted: true } ? task! : task.WaitAsync(Broken);

    /// <summary>A wait for a task.</summary>
    public static Task On(ValueTask task) => On(task.AsTask());

    /// <summary>A wait for a task's result.</summary>
    public static Task<T> On<T>(ValueTask<T> task) => On(task.AsTask());

    /// <summary>A wait for a task.</summary>
    public static Task On(ConfiguredTaskAwaitable task)
    {
        return On(Awaited());

        async Task Awaited() => await task;
    }

    /// <summary>A wait for a task's result.</summary>
    public static Task<T> On<T>(ConfiguredTaskAwaitable<T> task)
    {
        return On(Awaited());

        async Task<T> Awaited() => await task;
    }

    /// <summary>A wait for a task.</summary>
    public static Task On(ConfiguredValueTaskAwaitable task)
    {
        return On(Awaited());

        async Task Awaited() => await task;
    }

    /// <summary>A wait for a task's result.</summary>
    public static Task<T> On<T>(ConfiguredValueTaskAwaitable<T> task)
    {
        return On(Awaited());

        async Task<T> Awaited() => await task;
    }

    /// <summary>A turn for others.</summary>
    public static Task On(YieldAwaitable turn)
    {
        return On(Awaited());

        async Task Awaited() => await turn;
    }

    /// <summary>A wait for anything else, which nothing breaks off.</summary>
    public static T On<T>(T awaitable)
        where T : allows ref struct => awaitable;

    /// <summary>A sequence, each of whose elements is waited for.</summary>
    public static IAsyncEnumerable<T> Each<T>(IAsyncEnumerable<T> sequence) => sequence is null ? null! : Elements(sequence);

    /// <summary>A sequence, each of whose elements is waited for.</summary>
    public static IAsyncEnumerable<T> Each<T>(ConfiguredCancelableAsyncEnumerable<T> sequence)
    {
        return Elements(Sequence());

        async IAsyncEnumerable<T> Sequence()
        {
            await foreach (var element in sequence)
            {
                yield return element;
            }
        }
    }

    /// <summary>A sequence of another type, whose waits nothing breaks off.</summary>
    public static T Each<T>(T sequence)
        where T : allows ref struct => sequence;

    private static CancellationToken Broken => RunningCell.Current?.Broken ?? default;

    private static async IAsyncEnumerable<T> Elements<T>(IAsyncEnumerable<T> sequence)
    {
        var elements = sequence.GetAsyncEnumerator();
        Task<bool>? next = null;
        try
        {
            while (await On(next = elements.MoveNextAsync().AsTask()).ConfigureAwait(false))
            {
                yield return elements.Current;
            }
        }
        finally
        {
            // A sequence that is still at work on its next element may not be disposed of.
            if (next is null or { IsCompleted: true })
            {
                await elements.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
