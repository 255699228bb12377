namespace Workbook.Execution;

/// <summary>Code to run, and the path that its errors and stack frames carry.</summary>
/// <param name="Text">The code.</param>
/// <param name="Path">A file's path, or a made-up one in the notebook's folder.</param>
internal sealed record CellCode(string Text, string Path);
