using System.Globalization;

namespace Workbook.Formatting;

/// <summary>Values as their own <c>ToString</c> has them, in the invariant culture: a notebook reads the same wherever it was run.</summary>
internal static class ValueWords
{
    /// <summary>A scalar, or what an object's own <c>ToString</c> says.</summary>
    public static string Of(object value)
    {
        try
        {
            return value switch
            {
                string text => text,
                Type type => TypeName.Of(type),
                Delegate => TypeName.Of(value.GetType()),
                DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
                DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
                DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString() ?? "",
            };
        }
        catch (Exception e) when (e is not (OutOfMemoryException or ThreadInterruptedException))
        {
            return $"{TypeName.Of(value.GetType())} (its ToString failed: {e.Message})";
        }
    }
}
