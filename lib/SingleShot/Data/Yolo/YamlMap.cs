using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace SingleShot.Data.Yolo;

/// <summary>The outermost keys of a YAML file, each with a text, a list of texts or a map of texts. Of a key that comes twice the last one counts.</summary>
internal sealed partial class YamlMap
{
    private readonly Dictionary<string, object?> _entries;

    private YamlMap(Dictionary<string, object?> entries) => _entries = entries;

    /// <summary>Reads a file's text.</summary>
    /// <param name="path">Where it is from, for messages.</param>
    /// <param name="text">YAML.</param>
    /// <exception cref="InvalidDataException">It is no YAML, or no map; the message has the line.</exception>
    public static YamlMap Parse(string path, string text)
    {
        var parser = new Parser(new StringReader(LineWithinBrackets.Replace(text, "\n ")));
        try
        {
            return new(new DeserializerBuilder().Build().Deserialize<Dictionary<string, object?>?>(parser) ?? []);
        }
        catch (YamlException e)
        {
            var reason = e.InnerException switch
            {
                null => e.Message,
                YamlException inner => inner.Message,
                _ => "this is no YAML (within brackets, each further line has to be indented)", // an error of the parser's own, which tells a user nothing
            };
            throw NoMap(path, e.Start, reason, e);
        }
        catch (ArgumentException e) // of a tag that is no URI, which the parser does not tell as its own
        {
            throw NoMap(path, parser.Current?.End ?? Mark.Empty, e.Message.Split(" (Parameter")[0], e);
        }
    }

    private static InvalidDataException NoMap(string path, Mark place, string reason, Exception cause) => new(
        $"{path}: line {place.Line}, column {place.Column}: {reason.TrimEnd('.')}. A data set's file is a YAML map: 'names: [cat, dog]', for instance.", cause);

    // YAML wants a list in brackets to be indented where it goes on, and so does the parser; Python, for which most of these files are written, does not.
    [GeneratedRegex(@"(?<=[,\[{][ \t]*)\n(?=\S)")]
    private static partial Regex LineWithinBrackets { get; }

    /// <summary>Whether there is such a key, with something or with nothing.</summary>
    public bool Has(string key) => _entries.ContainsKey(key);

    /// <summary>The text of a key; null where there is no such key, or it has nothing, or something else.</summary>
    public string? Text(string key) => _entries.GetValueOrDefault(key) is string { Length: > 0 } text ? text : null;

    /// <summary>The texts of a key's list, or the one text that it has in the place of a list.</summary>
    public IReadOnlyList<string> List(string key) => _entries.GetValueOrDefault(key) switch
    {
        string { Length: > 0 } one => [one],
        List<object?> several => [.. several.OfType<string>()],
        _ => [],
    };

    /// <summary>The keys and values of a key's map; none where it has something else.</summary>
    public IReadOnlyList<(string Key, string Value)> Map(string key) => _entries.GetValueOrDefault(key) is Dictionary<object, object?> map
        ? [.. map.Where(pair => pair is { Key: string, Value: string }).Select(pair => ((string)pair.Key, (string)pair.Value!))]
        : [];
}
