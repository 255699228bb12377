namespace Workbook.Commands;

/// <summary>The command was asked for something that cannot be: the message says what, and what to do.</summary>
/// <param name="message">One or two sentences.</param>
public sealed class UsageException(string message) : Exception(message);
