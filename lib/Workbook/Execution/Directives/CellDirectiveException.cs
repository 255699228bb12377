namespace Workbook.Execution.Directives;

/// <summary>A cell holds a directive that cannot be followed.</summary>
internal sealed class CellDirectiveException(string message, int line) : Exception(message)
{
    /// <summary>The directive's line in the cell, from 1.</summary>
    public int Line { get; } = line;
}
