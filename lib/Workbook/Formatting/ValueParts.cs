namespace Workbook.Formatting;

/// <summary>What a value is made of, as far as it is shown.</summary>
internal abstract record ValueParts
{
    /// <summary>A value that is best shown by a few words.</summary>
    /// <param name="Text">The words, uncut.</param>
    public sealed record Words(string Text) : ValueParts;

    /// <summary>A sequence.</summary>
    /// <param name="Values">The first items.</param>
    /// <param name="More">Says that there are more; null where there are not.</param>
    public sealed record Items(IReadOnlyList<object?> Values, string? More) : ValueParts;

    /// <summary>A dictionary.</summary>
    /// <param name="Pairs">The first entries.</param>
    /// <param name="More">Says that there are more; null where there are not.</param>
    public sealed record Entries(IReadOnlyList<(object? Key, object? Value)> Pairs, string? More) : ValueParts;

    /// <summary>An object with its public properties and fields.</summary>
    /// <param name="Named">The first of them.</param>
    /// <param name="More">Says that there are more; null where there are not.</param>
    /// <param name="IsTuple">Whether the names say nothing.</param>
    public sealed record Members(IReadOnlyList<(string Name, object? Value)> Named, string? More, bool IsTuple = false) : ValueParts;
}
