namespace SingleShot.Data.Yolo;

/// <summary>As much of YAML as a data set's file has: outermost keys, each with a text, a list or a map of texts.</summary>
/// <remarks>
/// Lists and maps are read in both of YAML's notations, on lines of their own and in brackets, texts with and without quotation marks.
/// Anything deeper is passed over: nothing that this library asks for is.
/// </remarks>
internal sealed class SimpleYaml
{
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>Reads the lines of a file.</summary>
    public SimpleYaml(IReadOnlyList<string> lines)
    {
        Entry? entry = null;
        foreach (var (number, written) in lines.Index())
        {
            var line = WithoutComment(written).TrimEnd();
            var text = line.TrimStart();
            if (text.Length == 0 || text is "---" or "...")
            {
                continue;
            }
            var isInner = text.Length < line.Length || text.StartsWith('-') || entry?.IsOpen == true;
            if (isInner)
            {
                entry?.Add(text, line.Length - text.Length);
            }
            else if (Pair(text) is (var key, var value))
            {
                entry = new Entry(number + 1, value);
                _entries[key] = entry;
            }
        }
    }

    /// <summary>The number of the line that a key is on, from 1; null where there is no such key.</summary>
    public int? Line(string key) => _entries.TryGetValue(key, out var entry) ? entry.Line : null;

    /// <summary>The text of a key; null where there is no such key, or it has something else.</summary>
    public string? Text(string key) => _entries.TryGetValue(key, out var entry) && entry.Value.Length > 0 && !entry.IsBracketed ? Unquoted(entry.Value) : null;

    /// <summary>The texts of a key's list, or the one text that it has in the place of a list.</summary>
    public IReadOnlyList<string> List(string key) => Text(key) is { } one ? [one] : [.. Parts(key).Select(part => Unquoted(part.StartsWith('-') ? part[1..] : part))];

    /// <summary>The keys and values of a key's map; none where it has something else.</summary>
    public IReadOnlyList<(string Key, string Value)> Map(string key) =>
        [.. Parts(key).Where(part => !part.StartsWith('-')).Select(Pair).OfType<(string, string)>().Select(pair => (Unquoted(pair.Item1), Unquoted(pair.Item2)))];

    private IEnumerable<string> Parts(string key) => _entries.TryGetValue(key, out var entry) ? entry.Parts() : [];

    private static (string Key, string Value)? Pair(string text)
    {
        var colon = Outside(text, (character, next) => character == ':' && next is ' ' or '\t' or '\0').FirstOrDefault(-1);
        return colon < 0 ? null : (Unquoted(text[..colon]), text[(colon + 1)..].Trim());
    }

    private static string Unquoted(string text)
    {
        text = text.Trim();
        return text.Length > 1 && text[0] == text[^1] && text[0] is '"' or '\'' ? text[1..^1].Replace("''", "'", StringComparison.Ordinal) : text;
    }

    private static string WithoutComment(string line)
    {
        var at = Outside(line, (character, _) => character == '#').Where(at => at == 0 || char.IsWhiteSpace(line[at - 1])).FirstOrDefault(-1);
        return at < 0 ? line : line[..at];
    }

    /// <summary>The places outside of quotation marks where a character and the next one, '\0' at the end, are wanted.</summary>
    private static IEnumerable<int> Outside(string text, Func<char, char, bool> wanted)
    {
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            if (quote != '\0')
            {
                quote = text[i] == quote ? '\0' : quote;
            }
            else if (text[i] is '"' or '\'' && (i == 0 || !char.IsLetterOrDigit(text[i - 1])))
            {
                quote = text[i];
            }
            else if (wanted(text[i], i + 1 < text.Length ? text[i + 1] : '\0'))
            {
                yield return i;
            }
        }
    }

    /// <summary>What follows a key: the rest of its line, and the lines that belong to it.</summary>
    private sealed class Entry(int line, string value)
    {
        private readonly List<string> _inner = [];
        private int? _indent;

        public int Line => line;

        public string Value { get; private set; } = value;

        public bool IsBracketed => Value.Length > 0 && Value[0] is '[' or '{';

        /// <summary>Whether a bracket is yet to be closed.</summary>
        public bool IsOpen => IsBracketed && !Outside(Value, (character, _) => character is ']' or '}').Any();

        public void Add(string text, int indent)
        {
            if (IsOpen)
            {
                Value += " " + text;
            }
            else if (indent == (_indent ??= indent)) // what is deeper belongs to the line before
            {
                _inner.Add(text);
            }
        }

        public IEnumerable<string> Parts()
        {
            if (!IsBracketed)
            {
                return _inner;
            }
            var inside = Value[1..Outside(Value, (character, _) => character is ']' or '}').FirstOrDefault(Value.Length)];
            int[] cuts = [-1, .. Outside(inside, (character, _) => character == ','), inside.Length];
            return cuts.Zip(cuts.Skip(1), (from, to) => inside[(from + 1)..to].Trim()).Where(part => part.Length > 0);
        }
    }
}
