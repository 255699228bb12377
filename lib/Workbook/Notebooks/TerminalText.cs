using System.Text;

namespace Workbook.Notebooks;

/// <summary>Console text as a terminal leaves it: after a carriage return, what follows is written over the line.</summary>
internal sealed class TerminalText
{
    private readonly StringBuilder _text = new();
    private int _lineStart;
    private int _column;

    /// <summary>Writes text where the last text ended.</summary>
    public void Write(string text)
    {
        foreach (var one in text)
        {
            switch (one)
            {
                case '\r':
                    _column = 0;
                    break;
                case '\n':
                    _text.Append('\n');
                    (_lineStart, _column) = (_text.Length, 0);
                    break;
                default:
                    var place = _lineStart + _column++;
                    _ = place < _text.Length ? _text[place] = one : _text.Append(one)[^1];
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
