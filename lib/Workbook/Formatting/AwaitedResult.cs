using System.Reflection;

namespace Workbook.Formatting;

/// <summary>The value to show for one that may be a task: a task is shown by its result.</summary>
internal static class AwaitedResult
{
    /// <summary>Waits for a value that is still to come.</summary>
    /// <param name="value">Any value; one that is no task is its own result.</param>
    /// <param name="cancellation">Ends the waiting; the task itself goes on.</param>
    /// <returns>Whether there is a value to show, and the value.</returns>
    public static async Task<(bool HasValue, object? Value)> OfAsync(object? value, CancellationToken cancellation)
    {
        if (AsTask(value) is not { } task)
        {
            return (true, value);
        }
        await task.WaitAsync(cancellation).ConfigureAwait(false);
        return Of(task);
    }

    /// <summary>The result of a task that has ended well; none for a task that only ends.</summary>
    public static (bool HasValue, object? Value) Of(Task task)
    {
        // A method that returns a plain task makes one with a result that nobody is meant to see.
        var result = ResultOf(task.GetType());
        return result is null || result.PropertyType.FullName == "System.Threading.Tasks.VoidTaskResult" ? (false, null) : (true, result.GetValue(task));
    }

    private static PropertyInfo? ResultOf(Type? type)
    {
        while (type is not null && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)))
        {
            type = type.BaseType;
        }
        return type?.GetProperty(nameof(Task<object>.Result));
    }

    private static Task? AsTask(object? value) => value switch
    {
        Task task => task,
        ValueTask task => task.AsTask(),
        not null when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>) =>
            (Task)type.GetMethod(nameof(ValueTask<object>.AsTask))!.Invoke(value, null)!,
        _ => null,
    };
}
