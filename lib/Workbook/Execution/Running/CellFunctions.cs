using Workbook.Formatting;
using Workbook.Outputs;

namespace Workbook.Execution.Running;

/// <summary>What every cell can call without a using.</summary>
public static class CellFunctions
{
    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The forms wanted; none for all that it has.</param>
    /// <returns>What can show another value in its place.</returns>
#pragma warning disable IDE1006 // The name that C# notebooks use.
    public static DisplayedValue display(object? value, params string[] mimeTypes) => new(value, mimeTypes);

    /// <summary>Takes away what the cell has shown so far.</summary>
    /// <param name="wait">Not before the next output is there, so that nothing flickers.</param>
    public static void clear(bool wait = false) => RunningCell.Current?.Send(new ClearOutput(wait));
#pragma warning restore IDE1006

    /// <summary>Marks text as HTML.</summary>
    /// <param name="html">The text.</param>
    public static HtmlContent HTML(string html) => new(html);
}

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
