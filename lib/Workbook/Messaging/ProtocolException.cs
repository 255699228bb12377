namespace Workbook.Messaging;

/// <summary>A received message that is refused.</summary>
public sealed class ProtocolException(string message) : Exception(message);
