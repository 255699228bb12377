using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbook.Commands;

/// <summary>A variable that a notebook's parameter cell declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in C#, for instance <c>int</c>.</param>
/// <param name="Special">What the compiler knows of the type.</param>
/// <param name="IsNullable">Whether <c>null</c> is a value of it.</param>
/// <param name="EnumName">The enumeration's name where its value was written as a member of one.</param>
internal sealed record NotebookParameter(string Name, string Type, SpecialType Special, bool IsNullable, string? EnumName)
{
    /// <summary>The C# literal of a value given as text.</summary>
    /// <exception cref="UsageException">The text is not a value of the type.</exception>
    public string Literal(string text)
    {
        if (IsNullable && text == "null")
        {
            return "null";
        }
        var invariant = CultureInfo.InvariantCulture;
        var literal = Special switch
        {
            SpecialType.System_String => SymbolDisplay.FormatLiteral(text, quote: true),
            SpecialType.System_Char => text.Length == 1 ? SymbolDisplay.FormatLiteral(text[0], quote: true) : null,
            SpecialType.System_Boolean => bool.TryParse(text, out var value) ? (value ? "true" : "false") : null,
            SpecialType.System_Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var value) ? value.ToString(invariant) : null,
            SpecialType.System_Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var value) ? value.ToString(invariant) + "L" : null,
            SpecialType.System_Double => double.TryParse(text, NumberStyles.Float, invariant, out var value) && double.IsFinite(value)
                ? value.ToString("R", invariant) + "d" : null,
            SpecialType.System_Single => float.TryParse(text, NumberStyles.Float, invariant, out var value) && float.IsFinite(value)
                ? value.ToString("R", invariant) + "f" : null,
            SpecialType.System_Decimal => decimal.TryParse(text, NumberStyles.Float, invariant, out var value) ? value.ToString(invariant) + "m" : null,
            _ when EnumName is not null => SyntaxFacts.IsValidIdentifier(text) ? $"{EnumName}.@{text}" : null,
            _ => throw new UsageException($"-p {Name}: its type, {Type}, cannot be set from the command line. Change the notebook's cell."),
        };
        return literal ?? throw new UsageException($"-p {Name}={text}: '{text}' is not a value of {Name}'s type, {EnumName ?? Type}.");
    }
}
