using Workbook.Execution.Running;

// In System, so that every cell sees it, as other hosts of C# notebooks have it.
#pragma warning disable IDE0130
namespace System;
#pragma warning restore IDE0130

/// <summary>Shows values from within an expression.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The forms wanted; none for all that it has.</param>
    /// <returns>What can show another value in its place.</returns>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => CellFunctions.display(value, mimeTypes);
}
