namespace Workbook.Execution.Submissions;

/// <summary>
/// What cells declared by <c>using</c> and still hold. A cell's variables stay for the cells after it, so each is disposed of when a cell
/// declares its name anew, before that cell runs, or at the session's end.
/// </summary>
internal sealed class HeldVariables
{
    private readonly List<(UsingVariable Variable, object State)> _held = [];

    /// <summary>Holds the variables of a cell that has begun.</summary>
    /// <param name="variables">The variables.</param>
    /// <param name="state">The object that has them as fields; null of a cell that left none.</param>
    public void Add(IEnumerable<UsingVariable> variables, object? state) =>
        _held.AddRange(state is null ? [] : variables.Select(variable => (variable, state)));

    /// <summary>Disposes of those of some names, the newest first, and throws what that throws.</summary>
    public void LetGo(Predicate<string> isNamed)
    {
        while (_held.FindLastIndex(one => isNamed(one.Variable.Name)) is var last and >= 0)
        {
            var (variable, state) = _held[last];
            _held.RemoveAt(last);
            var value = state.GetType().GetField(variable.Name)?.GetValue(state);
            if (value is IAsyncDisposable awaited && (variable.IsAsync || value is not IDisposable))
            {
                // On the cell's own thread, whose wait an interrupt ends.
                awaited.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
            else
            {
                (value as IDisposable)?.Dispose();
            }
        }
    }

    /// <summary>Disposes of all of them, whatever that throws: nobody is left to read it.</summary>
    public void LetGoAll()
    {
        while (_held.Count > 0)
        {
            try
            {
                LetGo(_ => true);
            }
            catch (Exception)
            {
                // The next one.
            }
        }
    }
}
