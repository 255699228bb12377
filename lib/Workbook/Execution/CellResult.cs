namespace Workbook.Execution;

/// <summary>How a cell ended.</summary>
public enum CellResult
{
    /// <summary>It ran to its end.</summary>
    Done,

    /// <summary>It did not compile, or threw.</summary>
    Failed,

    /// <summary>It was cancelled. What it had started may go on in the background; its output no longer shows.</summary>
    Cancelled,
}
