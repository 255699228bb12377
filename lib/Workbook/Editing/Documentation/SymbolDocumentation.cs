using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Workbook.Editing.Documentation;

/// <summary>Finds the XML documentation that holds for a symbol, its own or inherited.</summary>
internal static class SymbolDocumentation
{
    private const int MaxInheritance = 8;

    /// <summary>The comment's root element; null where there is none.</summary>
    public static XElement? Of(ISymbol symbol, Compilation compilation, CancellationToken cancellation) =>
        Find(symbol, compilation, MaxInheritance, cancellation);

    private static XElement? Find(ISymbol symbol, Compilation compilation, int depth, CancellationToken cancellation)
    {
        var definition = (symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol).OriginalDefinition;
        var own = Parse(definition.GetDocumentationCommentXml(expandIncludes: true, cancellationToken: cancellation));
        if (own?.Element("inheritdoc") is { } inherit && depth > 0)
        {
            var named = (string?)inherit.Attribute("cref") is { } cref
                ? DocumentationCommentId.GetFirstSymbolForDeclarationId(cref, compilation)
                : InheritedFrom(definition);
            return named is null ? own : Find(named, compilation, depth - 1, cancellation) ?? own;
        }
        return own ?? (depth == 0 ? null : definition switch
        {
            // A constructor that says nothing does what its type says.
            IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: var type } => Find(type, compilation, 0, cancellation),
            // What a record says of a parameter holds for the property, too.
            IPropertySymbol { ContainingType: var type } => OfParameter(Find(type, compilation, 0, cancellation), definition.Name),
            _ => null,
        });
    }

    private static XElement? OfParameter(XElement? owner, string name) =>
        owner?.Elements("param").FirstOrDefault(one => (string?)one.Attribute("name") == name) is { } parameter
            ? new XElement("member", new XElement("summary", parameter.Nodes()))
            : null;

    private static XElement? Parse(string? xml)
    {
        if (string.IsNullOrWhiteSpace(xml))
        {
            return null;
        }
        try
        {
            return XElement.Parse(xml, LoadOptions.PreserveWhitespace) is { HasElements: true } root ? root : null;
        }
        catch (XmlException)
        {
            return null; // A comment that is not XML, which the compiler only warns of.
        }
    }

    private static ISymbol? InheritedFrom(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        IEventSymbol { OverriddenEvent: { } one } => one,
        IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.BaseType: { } type } => type.InstanceConstructors
            .FirstOrDefault(other => other.Parameters.Length == ((IMethodSymbol)symbol).Parameters.Length),
        INamedTypeSymbol { BaseType: { SpecialType: not SpecialType.System_Object and not SpecialType.System_ValueType } type } => type,
        INamedTypeSymbol type => type.Interfaces.FirstOrDefault(),
        { ContainingType: { } type } => type.AllInterfaces.SelectMany(one => one.GetMembers())
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), symbol)),
        _ => null,
    };
}
