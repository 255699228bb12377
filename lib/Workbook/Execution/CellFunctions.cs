using Workbook.Formatting;

namespace Workbook.Execution;

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
