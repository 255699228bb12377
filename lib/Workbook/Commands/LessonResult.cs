using Workbook.Execution;

namespace Workbook.Commands;

/// <summary>How a notebook's run went.</summary>
/// <param name="Name">The notebook's path from the folder that was given.</param>
/// <param name="Run">Code cells that ran to their end.</param>
/// <param name="Cells">Code cells in all.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Result">How its last cell ended.</param>
internal sealed record LessonResult(string Name, int Run, int Cells, TimeSpan Time, CellResult Result);
