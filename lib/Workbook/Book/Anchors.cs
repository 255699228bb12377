using System.Text;

namespace Workbook.Book;

/// <summary>The anchors of one page: made of the words they stand at, and each given once.</summary>
internal sealed class Anchors
{
    private readonly HashSet<string> _taken = [LessonPage.MainId];

    /// <summary>An anchor for some words; a number is added where an earlier one has the same.</summary>
    public string Add(string words)
    {
        var name = Name(words);
        var anchor = name;
        for (var number = 2; !_taken.Add(anchor); number++)
        {
            anchor = $"{name}-{number}";
        }
        return anchor;
    }

    /// <summary>The anchor that some words have where nothing else claims it: small letters and digits, with hyphens between.</summary>
    public static string Name(string words)
    {
        var name = new StringBuilder();
        foreach (var one in words.Trim().ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(one))
            {
                name.Append(one);
            }
            else if (name.Length > 0 && name[^1] != '-' && (char.IsWhiteSpace(one) || one is '-' or '_' or '/' or '.'))
            {
                name.Append('-');
            }
        }
        var text = name.ToString().Trim('-');
        return text.Length > 0 ? text : "section";
    }
}
