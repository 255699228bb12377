namespace Workbook.Book.Formulas;

/// <summary>Reads TeX piece by piece; white space between pieces means nothing, as in TeX's own mathematics.</summary>
internal sealed class TexReader(string source)
{
    private int _position;

    /// <summary>The next piece, which stays where it is.</summary>
    public TexToken Peek()
    {
        var before = _position;
        var token = Take();
        _position = before;
        return token;
    }

    /// <summary>The next piece.</summary>
    public TexToken Take()
    {
        SkipSpace();
        if (_position == source.Length)
        {
            return new TexToken(TexKind.End, "");
        }
        var first = source[_position];
        if (first == '\\')
        {
            return Command();
        }
        if (char.IsAsciiDigit(first) || first == '.' && IsDigitAt(_position + 1))
        {
            return new TexToken(TexKind.Number, TakeNumber());
        }
        var length = char.IsHighSurrogate(first) && _position + 1 < source.Length ? 2 : 1;
        var text = source.Substring(_position, length);
        _position += length;
        return new TexToken(char.IsLetter(text, 0) ? TexKind.Letter : TexKind.Sign, text);
    }

    /// <summary>Takes the next piece where it is this sign.</summary>
    public bool TryTake(string sign)
    {
        var found = Peek().IsSign(sign);
        if (found)
        {
            Take();
        }
        return found;
    }

    /// <summary>The next piece as an argument that has no braces: one digit of a number, which is TeX's own rule; \frac12 is a half.</summary>
    public TexToken TakeOne()
    {
        var token = Take();
        if (token.Kind == TexKind.Number && token.Text.Length > 1)
        {
            _position -= token.Text.Length - 1;
            token = token with { Text = token.Text[..1] };
        }
        return token;
    }

    /// <summary>What stands between the next pair of braces, untouched, spaces too.</summary>
    /// <param name="after">The command that wants it, for the complaint.</param>
    public string TakeRaw(string after)
    {
        if (!TryTake("{"))
        {
            throw new FormulaException($"\\{after} has no {{…}} behind it");
        }
        var start = _position;
        for (var depth = 1; _position < source.Length; _position++)
        {
            depth += source[_position] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return source[start.._position++];
            }
        }
        throw new FormulaException($"the {{ after \\{after} is not closed");
    }

    private TexToken Command()
    {
        var start = ++_position;
        while (_position < source.Length && char.IsAsciiLetter(source[_position]))
        {
            _position++;
        }
        if (_position == start)
        {
            _position = Math.Min(start + 1, source.Length);
        }
        return new TexToken(TexKind.Command, source[start.._position]);
    }

    private string TakeNumber()
    {
        var start = _position;
        while (IsDigitAt(_position) || _position < source.Length && source[_position] == '.' && IsDigitAt(_position + 1))
        {
            _position++;
        }
        return source[start.._position];
    }

    private bool IsDigitAt(int index) => index < source.Length && char.IsAsciiDigit(source[index]);

    private void SkipSpace()
    {
        while (_position < source.Length && char.IsWhiteSpace(source[_position]))
        {
            _position++;
        }
    }
}
