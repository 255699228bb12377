using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Execution.Submissions;

namespace Workbook.Editing.Context;

/// <summary>What one cell that was compiled leaves for later ones.</summary>
/// <param name="Usings">Its using directives.</param>
/// <param name="Declarations">Its variables, methods and types.</param>
internal sealed record CellDeclarations(ImmutableArray<string> Usings, ImmutableArray<Declaration> Declarations)
{
    // Names from their root: a later cell may declare a type of the same short name.
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Reads what a cell leaves from its own compilation.</summary>
    public static CellDeclarations Of(Compilation cell) => new(
        [.. cell.SyntaxTrees.SelectMany(tree => ((CompilationUnitSyntax)tree.GetRoot()).Usings).Select(one => one.ToString())],
        cell.ScriptClass is { } script ? [.. script.GetMembers().Where(IsOfCell).Select(Declare).OfType<Declaration>()] : []);

    private static bool IsOfCell(ISymbol symbol) =>
        symbol is { IsImplicitlyDeclared: false, CanBeReferencedByName: true, DeclaringSyntaxReferences: not [] };

    private static Declaration? Declare(ISymbol symbol)
    {
        var text = symbol switch
        {
            IFieldSymbol field => Variable(field),
            IEventSymbol { Type: var type } one => $"event {type.ToDisplayString(TypeFormat)} {Identifier(one.Name)};",
            IMethodSymbol or IPropertySymbol or INamedTypeSymbol =>
                string.Join('\n', symbol.DeclaringSyntaxReferences.Select(place => Source(place.GetSyntax()))),
            _ => null,
        };
        return text is null ? null : new Declaration(symbol, text, ScriptTypes.NeededBy(symbol));
    }

    private static string Variable(IFieldSymbol field)
    {
        var declarator = field.DeclaringSyntaxReferences[0].GetSyntax() as VariableDeclaratorSyntax;
        var comment = declarator?.Parent?.Parent is FieldDeclarationSyntax whole ? Comment(whole) : "";
        var name = Identifier(field.Name);
        var type = field.Type.ToDisplayString(TypeFormat);
        if (CellNames.IsUnnamed(field.Type))
        {
            // An anonymous type has no name to declare by: only the expression that made it does.
            return declarator?.Initializer is { } made ? $"{comment}var {name} {made};" : $"{comment}object {name};";
        }
        var modifiers = field.IsConst ? "const " : (field.IsStatic ? "static " : "") + (field.IsReadOnly ? "readonly " : "");
        return $"{comment}{modifiers}{type} {name}{(field.IsConst ? $" {declarator?.Initializer}" : "")};";
    }

    private static string Source(SyntaxNode node) => Comment(node) + node;

    // Whatever else precedes a declaration, a directive for instance, is the cell's and not its.
    private static string Comment(SyntaxNode node) => string.Concat(node.GetLeadingTrivia()
        .Select(trivia => trivia.ToFullString())
        .Where(text => text.StartsWith("///", StringComparison.Ordinal) || text.StartsWith("/**", StringComparison.Ordinal))
        .Select(text => text.TrimEnd() + "\n"));

    private static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None
            ? name
            : $"@{name}";
}
