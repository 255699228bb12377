namespace Workbook.Execution;

/// <summary>How a cell ended.</summary>
public enum CellResult
{
    /// <summary>It ran to its end.</summary>
    Done,

    /// <summary>It did not compile, or threw.</summary>
    Failed,

    /// <summary>It was asked to stop, and ended.</summary>
    Stopped,

    /// <summary>It was asked to stop and did not listen: it goes on in the background, and what it puts out still comes to its host.</summary>
    LeftRunning,
}
