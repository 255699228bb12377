namespace Workbook.Execution.References;

/// <summary>A reference cannot be followed; the message is for the reader.</summary>
internal sealed class ReferenceException(string message) : Exception(message);
