using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Workbook.Editing.Context;

/// <summary>One thing that a cell left for later ones: a variable, a method, a type.</summary>
/// <param name="Symbol">The symbol in the cell's own compilation.</param>
/// <param name="Text">C# that declares it again; a variable without its value.</param>
/// <param name="Types">The types declared by cells that it needs to be understood.</param>
internal sealed record Declaration(ISymbol Symbol, string Text, ImmutableHashSet<INamedTypeSymbol> Types)
{
    /// <summary>The name by which cells know it.</summary>
    public string Name => Symbol.Name;

    /// <summary>Whether code after this one no longer reaches <paramref name="older"/> by its name.</summary>
    public bool Hides(Declaration older) => Name == older.Name && (Symbol, older.Symbol) switch
    {
        (IMethodSymbol method, IMethodSymbol other) => Signature(method) == Signature(other),
        _ => Arity(Symbol) == Arity(older.Symbol),
    };

    private static int Arity(ISymbol symbol) => symbol is INamedTypeSymbol type ? type.Arity : 0;

    private static string Signature(IMethodSymbol method) =>
        $"{method.Arity}({string.Join(',', method.Parameters.Select(one => $"{one.RefKind} {one.Type.ToDisplayString()}"))})";
}
