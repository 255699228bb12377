using Workbook.Formatting;

namespace Workbook.Execution;

/// <summary>A value that a cell has shown, and may show anew in the same place.</summary>
public sealed class DisplayedValue
{
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly string[] _mimeTypes;

    internal DisplayedValue(object? value, string[] mimeTypes)
    {
        _mimeTypes = mimeTypes;
        RunningCell.Current?.Send(new DisplayOutput(ValueFormatter.Format(value, mimeTypes), _id));
    }

    /// <summary>Shows another value in the place of this one.</summary>
    /// <param name="value">The new value.</param>
    public void Update(object? value) => RunningCell.Current?.Send(new DisplayUpdate(ValueFormatter.Format(value, _mimeTypes), _id));
}
