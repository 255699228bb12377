using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbook.Execution.Submissions;

/// <summary>
/// The cells that ran and what their variables hold. Those that no later cell can reach are let go: a cell that is run again and again
/// holds the memory of once, where a chain of submissions would hold every value that a name ever had.
/// </summary>
internal sealed class ReachableCells
{
    // At least so many at a time, and half of all: the cells that stand on them are compiled anew when the next cell is.
    private const int MinRemoved = 16;

    private readonly List<Cell> _cells = [];

    // The place of none, then of each cell with code, in order: generated code finds what a cell left by its number.
    private object?[] _states = new object?[16];
    private int _submitted;

    private sealed record Cell(CSharpCompilation Compilation, bool HasCode, CellNames Names);

    /// <summary>The newest cell, which stands on those before it; null before the first.</summary>
    public CSharpCompilation? Latest { get; private set; }

    /// <summary>What the cells left, newest first: the object that holds a cell's variables as fields.</summary>
    public IEnumerable<object> States => _states.Take(_submitted + 1).Reverse().OfType<object>();

    /// <summary>Adds a cell, which was compiled on top of <see cref="Latest"/>.</summary>
    /// <returns>What the cells left, with a place for what this one leaves.</returns>
    public object?[] Add(Submission submission)
    {
        Latest = submission.Compilation;
        _cells.Add(new Cell(Latest, submission.HasCode, CellNames.Of(Latest)));
        if (submission.HasCode && ++_submitted == _states.Length)
        {
            Array.Resize(ref _states, _states.Length * 2);
        }
        return _states;
    }

    /// <summary>What the cells left, with a place for what one leaves that is not added.</summary>
    public object?[] StatesForOneMore() => [.. _states, null];

    /// <summary>Forgets the values that no later cell can reach, and once there are enough of them also the cells.</summary>
    public void LetGo()
    {
        var isShadowed = CellNames.Shadowed([.. _cells.Select(cell => cell.Names)]);
        for (int i = 0, place = 0; i < _cells.Count; i++)
        {
            place += _cells[i].HasCode ? 1 : 0;
            if (_cells[i].HasCode && isShadowed[i])
            {
                _states[place] = null;
            }
        }
        // A type without a name is known to the compilation that made it alone, which must stay as it is, with all that it stands on.
        var first = _cells.FindLastIndex(cell => cell.Names.HasUnnamedType) + 1;
        var removed = Enumerable.Range(first, _cells.Count - first).Where(i => isShadowed[i] && !_cells[i].Names.BringsOthers).ToHashSet();
        if (removed.Count >= Math.Max(MinRemoved, _cells.Count - removed.Count))
        {
            Remove(removed);
        }
    }

    private void Remove(HashSet<int> removed)
    {
        var (before, states) = (_cells.ToArray(), _states);
        CSharpCompilation? latest = null;
        _cells.Clear();
        _states = new object?[states.Length];
        _submitted = 0;
        for (int i = 0, place = 0; i < before.Length; i++)
        {
            var cell = before[i];
            place += cell.HasCode ? 1 : 0;
            if (!removed.Contains(i))
            {
                latest = On(latest, cell.Compilation);
                _cells.Add(cell with { Compilation = latest });
                if (cell.HasCode)
                {
                    _states[++_submitted] = states[place];
                }
            }
        }
        Latest = latest; // at once, for an editor may be reading it
    }

    private static CSharpCompilation On(CSharpCompilation? before, CSharpCompilation cell)
    {
        var place = cell.ScriptCompilationInfo!;
        return place.PreviousScriptCompilation == before ? cell : cell.WithScriptCompilationInfo(place.WithPreviousScriptCompilation(before));
    }
}

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
