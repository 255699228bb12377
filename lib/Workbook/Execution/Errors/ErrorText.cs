using System.Globalization;

namespace Workbook.Execution.Errors;

/// <summary>Keeps the words of an error to what a person can read.</summary>
internal static class ErrorText
{
    private const int Limit = 8000;

    /// <summary>An exception's message. Where reading the message throws an exception itself, a text that says so.</summary>
    public static string Message(Exception e)
    {
        try
        {
            return Cut(e.Message ?? "");
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            return $"(its Message failed with {failed.GetType().Name})";
        }
    }

    /// <summary>Cuts a text after 8,000 characters, and says how long it was.</summary>
    public static string Cut(string text) => text.Length <= Limit
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, Limit)}… ({text.Length:N0} characters)");
}
