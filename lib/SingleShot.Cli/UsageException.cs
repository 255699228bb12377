namespace SingleShot.Cli;

/// <summary>The command line, or a file that it names, asks for what cannot be done.</summary>
/// <param name="message">What is wrong, where, and what to do.</param>
internal sealed class UsageException(string message) : Exception(message);
