using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Execution.Submissions;

namespace Workbook.Editing.Inspection;

/// <summary>The present value of a notebook's variable, of a type that can be shown without running code: a number, a truth value, a short text.</summary>
internal static class VariableValue
{
    private const int MaxText = 60;

    /// <summary>The value as C# writes it; null for anything else.</summary>
    public static string? Of(ISymbol symbol, Compilation cell, SubmissionChain cells)
    {
        // A variable that the cell itself declares has no value yet.
        if (!SymbolText.IsVariable(symbol) || symbol.ContainingAssembly.Equals(cell.Assembly, SymbolEqualityComparer.Default))
        {
            return null;
        }
        return cells.Variable(symbol.Name) switch
        {
            string { Length: > MaxText } text => $"{SymbolDisplay.FormatLiteral(text[..MaxText], quote: true)}…",
            string text => SymbolDisplay.FormatLiteral(text, quote: true),
            char one => SymbolDisplay.FormatLiteral(one, quote: true),
            bool truth => truth ? "true" : "false",
            IFormattable number when number.GetType().IsPrimitive || number is decimal =>
                number.ToString(null, CultureInfo.InvariantCulture),
            Enum value => value.ToString(),
            _ => null,
        };
    }
}
