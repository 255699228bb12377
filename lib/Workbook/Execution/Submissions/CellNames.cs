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
            variables.Exists(variable => IsWithoutName(variable.Type)));
    }

    // An anonymous type, or the delegate of a lambda that no Func or Action fits, whatever it is wrapped in.
    private static bool IsWithoutName(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol named => (!named.CanBeReferencedByName && !named.IsTupleType) || named.TypeArguments.Any(IsWithoutName)
            || (named.ContainingType is { } outer && IsWithoutName(outer)),
        IArrayTypeSymbol array => IsWithoutName(array.ElementType),
        IPointerTypeSymbol pointer => IsWithoutName(pointer.PointedAtType),
        IFunctionPointerTypeSymbol function => function.Signature.Parameters.Select(parameter => parameter.Type).Append(function.Signature.ReturnType).Any(IsWithoutName),
        _ => false,
    };
}
