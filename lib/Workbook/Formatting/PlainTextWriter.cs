using System.Text;

namespace Workbook.Formatting;

/// <summary>Writes a value as plain text: words as they are, sequences in brackets, objects with their properties.</summary>
internal sealed class PlainTextWriter
{
    private const int SummaryValues = 40;

    private readonly StringBuilder _text = new();
    private readonly FormatWalk _walk;

    private PlainTextWriter(FormatWalk walk) => _walk = walk;

    /// <summary>Writes a value on its own.</summary>
    public static string Write(object? value) => value switch
    {
        null => "<null>",
        string text => FormatLimits.Cut(text),
        HtmlContent html => html.Html,
        Exception e => FormatLimits.Cut(ValueWords.Of(e)),
        _ => Write(value, ValueReader.Read(value)),
    };

    /// <summary>Writes a value that has been taken apart.</summary>
    public static string Write(object value, ValueParts parts)
    {
        var writer = new PlainTextWriter(new FormatWalk());
        writer.Append(value, parts);
        return FormatLimits.Cut(writer._text.ToString());
    }

    /// <summary>Writes the beginning of a value in one line.</summary>
    public static string Summary(object value, ValueParts parts)
    {
        var writer = new PlainTextWriter(new FormatWalk(SummaryValues));
        writer.Append(value, parts);
        return writer._text.ToString().ReplaceLineEndings(" ");
    }

    private void Append(object? value)
    {
        if (value is null)
        {
            _text.Append("<null>");
        }
        else if (ValueReader.IsWords(value))
        {
            _text.Append(FormatLimits.CutInner(ValueWords.Of(value)));
        }
        else if (_walk.Placeholder(value) is { } words)
        {
            _text.Append(words);
        }
        else
        {
            Append(value, ValueReader.ReadInner(value));
        }
    }

    private void Append(object value, ValueParts parts)
    {
        if (parts is ValueParts.Words words)
        {
            _text.Append(_walk.Depth == 0 ? words.Text : FormatLimits.CutInner(words.Text));
            return;
        }
        _walk.Inside(value, () =>
        {
            switch (parts)
            {
                case ValueParts.Items items:
                    List("[ ", items.Values, Append, items.More, " ]");
                    break;
                case ValueParts.Entries entries:
                    List("{ ", entries.Pairs, Pair, entries.More, " }");
                    break;
                case ValueParts.Members { IsTuple: true } tuple:
                    List("(", tuple.Named, member => Append(member.Value), tuple.More, ")");
                    break;
                case ValueParts.Members { Named.Count: 0 }:
                    _text.Append(TypeName.Of(value.GetType()));
                    break;
                case ValueParts.Members members:
                    List($"{TypeName.Of(value.GetType())} {{ ", members.Named, Member, members.More, " }");
                    break;
            }
        });
    }

    private void Pair((object? Key, object? Value) pair)
    {
        Append(pair.Key);
        _text.Append(": ");
        Append(pair.Value);
    }

    private void Member((string Name, object? Value) member)
    {
        _text.Append(member.Name).Append(": ");
        Append(member.Value);
    }

    private void List<T>(string open, IReadOnlyList<T> items, Action<T> append, string? more, string close)
    {
        _text.Append(open);
        for (var index = 0; index < items.Count; index++)
        {
            _text.Append(index == 0 ? "" : ", ");
            append(items[index]);
        }
        _text.Append(more is null ? "" : items.Count == 0 ? more : $", {more}");
        _text.Append(items.Count == 0 && more is null ? close.TrimStart() : close);
    }
}
