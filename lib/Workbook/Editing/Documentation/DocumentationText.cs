using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Workbook.Editing.Documentation;

/// <summary>Writes the elements of a documentation comment as text, in paragraphs.</summary>
internal sealed partial class DocumentationText(DocumentationStyle style, Compilation compilation)
{
    private static readonly SymbolDisplayFormat ShortName = SymbolDisplayFormat.CSharpShortErrorMessageFormat
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType);

    /// <summary>An element's content: paragraphs with an empty line between; empty for null.</summary>
    public string Of(XElement? element) => element is null
        ? ""
        : Start().Replace(ManyLines().Replace(Blocks(element.Nodes()), "\n\n"), "").TrimEnd();

    /// <summary>The name that a reader knows a documentation id by, for instance <c>List&lt;T&gt;</c>.</summary>
    public string Name(string cref) =>
        DocumentationCommentId.GetFirstSymbolForDeclarationId(cref, compilation)?.ToDisplayString(ShortName)
        ?? TickedArity().Replace(cref.Split(':')[^1].Split('(')[0].Split('.')[^1], "");

    private string Blocks(IEnumerable<XNode> nodes) => string.Concat(nodes.Select(Write));

    private string Write(XNode node) => node switch
    {
        XText text => style.Text(ManyBlanks().Replace(text.Value, " ")),
        XElement element => Write(element),
        _ => "",
    };

    private string Write(XElement element)
    {
        var inner = element.Nodes().Any();
        return element.Name.LocalName switch
        {
            "see" or "seealso" when (string?)element.Attribute("langword") is { } word => style.Code(word),
            "see" or "seealso" when (string?)element.Attribute("href") is { } address =>
                style.Link(inner ? element.Value.Trim() : address, address),
            "see" or "seealso" when (string?)element.Attribute("cref") is { } cref =>
                inner ? Blocks(element.Nodes()) : style.Code(Name(cref)),
            "paramref" or "typeparamref" => style.Code((string?)element.Attribute("name") ?? ""),
            "c" => style.Code(ManyBlanks().Replace(element.Value, " ").Trim()),
            "code" => $"\n\n{style.CodeBlock(Outdented(element.Value))}\n\n",
            "para" => $"\n\n{Blocks(element.Nodes()).Trim()}\n\n",
            "br" => "\n",
            "list" => $"\n\n{List(element)}\n\n",
            _ => Blocks(element.Nodes()),
        };
    }

    private string List(XElement list)
    {
        var numbered = (string?)list.Attribute("type") == "number";
        return string.Join('\n', list.Elements("item").Select((item, index) =>
        {
            var term = Of(item.Element("term"));
            var description = item.Element("description") is { } said ? Of(said) : term.Length > 0 ? "" : Of(item);
            var bullet = numbered ? string.Create(CultureInfo.InvariantCulture, $"{index + 1}.") : "-";
            return $"{bullet} {string.Join(": ", new[] { term, description }.Where(part => part.Length > 0))}";
        }));
    }

    private static string Outdented(string code)
    {
        var lines = code.ReplaceLineEndings("\n").Trim('\n').TrimEnd().Split('\n');
        var margin = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Length >= margin ? line[margin..] : ""));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex ManyBlanks();

    // A single blank is what is left of a line break in the XML; more of them indent code.
    [GeneratedRegex(@"[ ]*\n[ ]*\n(?:[ ]*\n)*(?: (?! ))?")]
    private static partial Regex ManyLines();

    [GeneratedRegex(@"^(?:[ ]*\n)*(?: (?! ))?")]
    private static partial Regex Start();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex TickedArity();
}
