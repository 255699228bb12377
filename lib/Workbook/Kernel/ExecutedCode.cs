namespace Workbook.Kernel;

/// <summary>A cell that was run.</summary>
/// <param name="Count">Its execution count.</param>
/// <param name="Code">Its text.</param>
/// <param name="Result">Its result as plain text; null without one.</param>
internal sealed record ExecutedCode(int Count, string Code, string? Result);
