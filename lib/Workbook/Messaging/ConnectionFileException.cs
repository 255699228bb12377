namespace Workbook.Messaging;

/// <summary>A connection file that cannot be used.</summary>
public sealed class ConnectionFileException(string message, Exception? inner = null) : Exception(message, inner);
