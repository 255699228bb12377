namespace Workbook.Execution.Packages;

/// <summary>Packages could not be had; the message is for the reader.</summary>
/// <param name="message">What was wrong, and what to do.</param>
/// <param name="package">The package that it is about; null where it is about all.</param>
internal sealed class PackageException(string message, string? package = null) : Exception(message)
{
    /// <summary>The package that it is about; null where it is about all.</summary>
    public string? Package { get; } = package;
}
