using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Workbook.Editing.Documentation;

namespace Workbook.Editing.Inspection;

/// <summary>Puts into words what a symbol is and what its documentation says.</summary>
internal sealed class InspectionText(
    Compilation compilation, InspectionDetail detail, DocumentationStyle style, CancellationToken cancellation)
{
    private readonly DocumentationText _text = new(style, compilation);

    /// <summary>A symbol, with the number of its overloads, or the overloads themselves.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="value">A variable's value in short; null for none.</param>
    /// <param name="overloads">All that share its name, itself among them.</param>
    /// <param name="active">The parameter that is being filled in.</param>
    public string Of(ISymbol symbol, string? value, IReadOnlyCollection<ISymbol> overloads, IParameterSymbol? active)
    {
        var others = overloads
            .Where(one => !SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, symbol.OriginalDefinition))
            .Select(SymbolText.Of).ToList();
        var lines = new List<string> { SymbolText.Of(symbol) + (value is null ? "" : $" = {value}") };
        if (detail == InspectionDetail.Full)
        {
            lines.AddRange(others);
        }
        else if (others.Count > 0)
        {
            lines[0] += $"  // and {others.Count} more overload{(others.Count > 1 ? "s" : "")}";
        }
        var parts = new List<string> { style.Declaration(string.Join('\n', lines)) };
        parts.AddRange(Documentation(symbol, active));
        return string.Join("\n\n", parts.Where(part => part.Length > 0));
    }

    private List<string> Documentation(ISymbol symbol, IParameterSymbol? active)
    {
        if (symbol is IParameterSymbol { ContainingSymbol: { } owner })
        {
            var whole = SymbolDocumentation.Of(owner, compilation, cancellation);
            return [_text.Of(whole?.Elements("param").FirstOrDefault(one => (string?)one.Attribute("name") == symbol.Name))];
        }
        if (SymbolDocumentation.Of(symbol, compilation, cancellation) is not { } root)
        {
            return active is null ? [] : [Entry(active.Name, "", isActive: true)];
        }
        if (symbol is IMethodSymbol { ReducedFrom.Parameters: [{ Name: var receiver }, ..] })
        {
            // It stands before the dot, not among the arguments.
            root.Elements("param").Where(one => (string?)one.Attribute("name") == receiver).Remove();
        }
        var parts = new List<string>
        {
            _text.Of(root.Element("summary")),
            Entries("Type parameters", root, "typeparam", one => (string?)one.Attribute("name") ?? "", active: null),
            Entries("Parameters", root, "param", one => (string?)one.Attribute("name") ?? "", active?.Name),
            Section("Returns", root.Element("returns")),
            Section("Value", root.Element("value")),
        };
        if (detail == InspectionDetail.Full)
        {
            parts.Add(Entries("Exceptions", root, "exception", one => _text.Name((string?)one.Attribute("cref") ?? ""), active: null));
            parts.Add(Section("Remarks", root.Element("remarks")));
        }
        return parts;
    }

    private string Section(string title, XElement? element) =>
        _text.Of(element) is { Length: > 0 } text ? $"{style.Heading(title)} {text}" : "";

    private string Entries(string title, XElement root, string element, Func<XElement, string> name, string? active)
    {
        var entries = root.Elements(element).Select(one => Entry(name(one), _text.Of(one), name(one) == active)).ToList();
        return entries.Count == 0 ? "" : $"{style.Heading(title)}{style.BeforeList}{string.Join('\n', entries)}";
    }

    // The parameter that is being filled in is pointed at.
    private string Entry(string name, string text, bool isActive)
    {
        var line = new StringBuilder(isActive ? "- → " : "- ").Append(style.Code(name));
        return text.Length == 0 ? line.ToString() : line.Append(": ").Append(text.ReplaceLineEndings("\n  ")).ToString();
    }
}
