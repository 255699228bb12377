using static SingleShot.Weights.Tensors.FormatRule;

namespace SingleShot.Weights.Pickle;

/// <summary>The stack of the machine: values, and marks where containers begin.</summary>
internal sealed class PickleStack
{
    private const string Empty = "its pickle takes from an empty stack: the file is damaged. Fetch it again.";

    private readonly List<object?> _values = [];
    private readonly List<int> _marks = [];

    // What lies below the newest mark belongs to another container.
    private int Bottom => _marks.Count > 0 ? _marks[^1] : 0;

    /// <summary>Puts a value on top.</summary>
    public void Push(object? value) => _values.Add(value);

    /// <summary>Marks that a container begins.</summary>
    public void Mark() => _marks.Add(_values.Count);

    /// <summary>The newest value.</summary>
    public object? Peek()
    {
        Require(_values.Count > Bottom, Empty);
        return _values[^1];
    }

    /// <summary>Takes the newest value away.</summary>
    public object? Pop()
    {
        var value = Peek();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>Takes the newest value away, or a mark that nothing came after.</summary>
    public void PopOrUnmark()
    {
        if (_marks.Count > 0 && _values.Count == _marks[^1])
        {
            _marks.RemoveAt(_marks.Count - 1);
        }
        else
        {
            Pop();
        }
    }

    /// <summary>Takes the newest values away, in the order in which they came.</summary>
    public List<object?> Pop(int count)
    {
        Require(_values.Count - Bottom >= count, Empty);
        return Cut(_values.Count - count);
    }

    /// <summary>Takes everything since the newest mark away, and the mark.</summary>
    public List<object?> PopToMark()
    {
        Require(_marks.Count > 0, "its pickle closes a container that it never opened: the file is damaged. Fetch it again.");
        var mark = Bottom;
        _marks.RemoveAt(_marks.Count - 1);
        return Cut(mark);
    }

    private List<object?> Cut(int from)
    {
        var values = _values.GetRange(from, _values.Count - from);
        _values.RemoveRange(from, values.Count);
        return values;
    }
}
