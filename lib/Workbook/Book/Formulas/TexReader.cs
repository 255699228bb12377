using System.Text.RegularExpressions;

namespace Workbook.Book.Formulas;

/// <summary>Reads TeX piece by piece: a command with its backslash, or one character. White space between pieces means nothing, as in TeX's own mathematics.</summary>
internal sealed partial class TexReader(string source)
{
    private readonly string[] _pieces = [.. Piece().Matches(source).Select(match => match.Value)];
    private int _next;

    /// <summary>The next piece, which stays where it is; empty at the end.</summary>
    public string Peek()
    {
        while (_next < _pieces.Length && char.IsWhiteSpace(_pieces[_next][0]))
        {
            _next++;
        }
        return _next < _pieces.Length ? _pieces[_next] : "";
    }

    /// <summary>The next piece; empty at the end.</summary>
    public string Take()
    {
        var piece = Peek();
        _next = Math.Min(_next + 1, _pieces.Length);
        return piece;
    }

    /// <summary>Takes a digit's followers: digits, and a point between digits.</summary>
    public string TakeRestOfNumber()
    {
        var start = _next;
        while (IsDigit(_next) || Is(_next, ".") && IsDigit(_next + 1))
        {
            _next++;
        }
        return string.Concat(_pieces[start.._next]);
    }

    /// <summary>What stands between the next pair of braces, untouched, spaces too.</summary>
    /// <param name="command">The command that wants it, for the complaint.</param>
    public string TakeText(string command)
    {
        if (Take() != "{")
        {
            throw new FormulaException($"{command} has no {{...}} behind it");
        }
        var start = _next;
        for (var depth = 1; _next < _pieces.Length; _next++)
        {
            depth += _pieces[_next] switch { "{" => 1, "}" => -1, _ => 0 };
            if (depth == 0)
            {
                return string.Concat(_pieces[start.._next++]);
            }
        }
        throw new FormulaException($"the {{ behind {command} is not closed");
    }

    private bool Is(int index, string piece) => index < _pieces.Length && _pieces[index] == piece;

    private bool IsDigit(int index) => index < _pieces.Length && char.IsAsciiDigit(_pieces[index][0]);

    [GeneratedRegex(@"\\[A-Za-z]+|\\.|[\ud800-\udbff][\udc00-\udfff]|.", RegexOptions.Singleline)]
    private static partial Regex Piece();
}
