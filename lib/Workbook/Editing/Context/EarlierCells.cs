using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Workbook.Editing.Context;

/// <summary>
/// All that the cells so far left, told again in as few pieces of code as can hold it: one, unless something alive needs a type
/// whose name a later cell took. A session of a thousand cells then costs an editor what one long cell would.
/// </summary>
internal sealed class EarlierCells
{
    private readonly Dictionary<string, List<Placed>> _reachable = [];
    private readonly Dictionary<string, (string Text, int Piece)> _usings = [];
    private List<Placed> _hidden = [];
    private int _piece;
    private int _order;

    private sealed record Placed(Declaration Declaration, int Piece, int Order);

    /// <summary>Adds the next cell's.</summary>
    public void Add(CellDeclarations cell)
    {
        foreach (var newer in cell.Declarations)
        {
            Hide(newer);
        }
        KeepNeeded(cell.Declarations);
        if (_hidden.Any(old => old.Piece == _piece && cell.Declarations.Any(newer => newer.Hides(old.Declaration))))
        {
            _piece++;
        }
        foreach (var line in cell.Usings)
        {
            // Only an alias can take the place of an earlier one, and only it and a static one can name what a cell declared.
            var mayNameType = line.Contains('=', StringComparison.Ordinal) || line.Contains(" static ", StringComparison.Ordinal);
            _usings[line.Split('=')[0]] = (line, mayNameType ? _piece : 0);
        }
        foreach (var declaration in cell.Declarations)
        {
            // What needs a type that can no longer be named stands where it still could be.
            var needed = _hidden.Where(old => declaration.Types.Contains((INamedTypeSymbol)old.Declaration.Symbol));
            var piece = needed.Select(old => old.Piece).DefaultIfEmpty(_piece).Max();
            if (!_reachable.TryGetValue(declaration.Name, out var same))
            {
                _reachable[declaration.Name] = same = [];
            }
            same.Add(new Placed(declaration, piece, _order++));
        }
    }

    /// <summary>The pieces, each a script over those before it; at least one.</summary>
    public ImmutableArray<string> Pieces()
    {
        var pieces = Enumerable.Range(0, _piece + 1).Select(_ => new StringBuilder()).ToList();
        foreach (var (text, piece) in _usings.Values)
        {
            pieces[piece].Append(text).Append('\n');
        }
        foreach (var (declaration, piece, _) in _reachable.Values.SelectMany(same => same).Concat(_hidden).OrderBy(one => one.Order))
        {
            pieces[piece].Append(declaration.Text).Append('\n');
        }
        var kept = pieces.Where(piece => piece.Length > 0).Select(piece => piece.ToString()).ToImmutableArray();
        return kept.IsEmpty ? [""] : kept;
    }

    private void Hide(Declaration newer)
    {
        if (!_reachable.TryGetValue(newer.Name, out var same))
        {
            return;
        }
        foreach (var older in same.Where(one => newer.Hides(one.Declaration)).ToList())
        {
            same.Remove(older);
            if (older.Declaration.Symbol is INamedTypeSymbol)
            {
                _hidden.Add(older);
            }
        }
    }

    private void KeepNeeded(ImmutableArray<Declaration> newest)
    {
        if (_hidden.Count == 0)
        {
            return;
        }
        var reached = new HashSet<INamedTypeSymbol>(
            _reachable.Values.SelectMany(same => same).Select(one => one.Declaration).Concat(newest).SelectMany(one => one.Types),
            SymbolEqualityComparer.Default);
        var kept = new List<Placed>();
        while (_hidden.FirstOrDefault(old => reached.Contains((INamedTypeSymbol)old.Declaration.Symbol)) is { } needed)
        {
            _hidden.Remove(needed);
            kept.Add(needed);
            reached.UnionWith(needed.Declaration.Types);
        }
        _hidden = kept;
    }
}
