using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbook.Execution.Submissions;

/// <summary>The names in a cell: enough to tell whether what it declared can still be reached from the cells after it.</summary>
/// <param name="Variables">The variables that it declares.</param>
/// <param name="Mentioned">Every name that its code has in it.</param>
/// <param name="DeclaresCode">Whether it declares types or methods.</param>
/// <param name="BringsOthers">Whether it has usings or references, which hold for the cells after it as well.</param>
/// <param name="HasUnnamedType">Whether a variable is of a type without a name, which only the compilation that made it can tell of.</param>
internal sealed record CellNames(IReadOnlySet<string> Variables, IReadOnlySet<string> Mentioned, bool DeclaresCode, bool BringsOthers, bool HasUnnamedType)
{
    /// <summary>The names in a cell that compiles.</summary>
    public static CellNames Of(CSharpCompilation cell)
    {
        var members = cell.ScriptClass!.GetMembers().Where(member => !member.IsImplicitlyDeclared).ToList();
        var variables = members.OfType<IFieldSymbol>().ToList();
        var roots = cell.SyntaxTrees.Select(tree => tree.GetCompilationUnitRoot()).ToList();
        return new CellNames(
            variables.Select(variable => variable.Name).ToHashSet(),
            roots.SelectMany(root => root.DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).ToHashSet(),
            members.Count > variables.Count,
            cell.ExternalReferences.Length > 0 || roots.Any(root => root.Usings.Count > 0 || root.Externs.Count > 0 || root.GetReferenceDirectives().Count > 0),
            variables.Exists(variable => IsUnnamed(variable.Type)));
    }

    /// <summary>
    /// Whether each of some cells is shadowed, so that no later code can reach its variables: it declares no types or methods, and each
    /// of its variables was declared again before it was mentioned again. A cell that declares nothing is shadowed from the start.
    /// </summary>
    /// <param name="cells">The names in the cells, in the order in which they ran.</param>
    public static bool[] Shadowed(IReadOnlyList<CellNames> cells)
    {
        var shadowed = new bool[cells.Count];
        // The names that, from the cell looked at on, are declared before they are mentioned.
        var declaredNext = new HashSet<string>();
        for (var i = cells.Count - 1; i >= 0; i--)
        {
            var cell = cells[i];
            shadowed[i] = !cell.DeclaresCode && cell.Variables.IsSubsetOf(declaredNext);
            if (!shadowed[i] || cell.BringsOthers)
            {
                declaredNext.ExceptWith(cell.Mentioned);
                declaredNext.UnionWith(cell.Variables);
            }
        }
        return shadowed;
    }

    /// <summary>Whether a type, or one that it is made of, has no name: an anonymous type, or the delegate of a lambda that no Func or Action fits.</summary>
    public static bool IsUnnamed(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol named => (!named.CanBeReferencedByName && !named.IsTupleType) || named.TypeArguments.Any(IsUnnamed)
            || (named.ContainingType is { } outer && IsUnnamed(outer)),
        IArrayTypeSymbol array => IsUnnamed(array.ElementType),
        IPointerTypeSymbol pointer => IsUnnamed(pointer.PointedAtType),
        IFunctionPointerTypeSymbol function => function.Signature.Parameters.Select(parameter => parameter.Type).Append(function.Signature.ReturnType).Any(IsUnnamed),
        _ => false,
    };
}
