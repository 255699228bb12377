using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Editing.Inspection;

/// <summary>Finds what the name at a position stands for.</summary>
internal static class SymbolAtPosition
{
    /// <summary>The symbol, the likeliest first where it is not clear; empty on what is no name.</summary>
    public static ImmutableArray<ISymbol> Find(SemanticModel model, int position, CancellationToken cancellation)
    {
        var root = model.SyntaxTree.GetRoot(cancellation);
        var after = root.FindToken(position);
        var before = root.FindToken(Math.Max(0, position - 1));
        // A cursor just behind a name is on it.
        var token = IsName(after) && after.SpanStart <= position ? after : IsName(before) && before.Span.End >= position ? before : default;
        return token.Parent is { } node ? [.. Of(model, token, node, cancellation).Where(one => one is not IErrorTypeSymbol)] : [];
    }

    private static bool IsName(SyntaxToken token) =>
        token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText.Length > 0
        || token.Parent is PredefinedTypeSyntax or ThisExpressionSyntax or BaseExpressionSyntax
        || token.IsKind(SyntaxKind.NewKeyword) && token.Parent is ImplicitObjectCreationExpressionSyntax;

    private static IEnumerable<ISymbol> Of(SemanticModel model, SyntaxToken token, SyntaxNode node, CancellationToken cancellation)
    {
        if (node is not ExpressionSyntax && model.GetDeclaredSymbol(node, cancellation) is { } declared)
        {
            return [declared];
        }
        if (node is ThisExpressionSyntax or BaseExpressionSyntax)
        {
            return Some(model.GetTypeInfo(node, cancellation).Type);
        }
        // The type in a creation stands for the constructor that it calls.
        var asked = Named(node) switch
        {
            { Parent: ObjectCreationExpressionSyntax created } name when created.Type == name => created,
            { Parent: AttributeSyntax attribute } name when attribute.Name == name => attribute,
            var name => name,
        };
        var info = model.GetSymbolInfo(asked, cancellation);
        if (info.Symbol is not null || !info.CandidateSymbols.IsEmpty)
        {
            return info.Symbol is { } one ? [one] : info.CandidateSymbols;
        }
        var group = model.GetMemberGroup(node, cancellation);
        return group.IsEmpty ? Some(model.GetTypeInfo(node, cancellation).Type ?? model.GetSymbolInfo(node, cancellation).Symbol) : group;
    }

    private static IEnumerable<ISymbol> Some(ISymbol? symbol) => symbol is null ? [] : [symbol];

    // In Some.Namespace.Type the last name is the whole's.
    private static SyntaxNode Named(SyntaxNode node) =>
        node.Parent is QualifiedNameSyntax qualified && qualified.Right == node
        || node.Parent is AliasQualifiedNameSyntax alias && alias.Name == node
            ? Named(node.Parent)
            : node;
}
