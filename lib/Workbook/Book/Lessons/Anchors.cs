using System.Text;

namespace Workbook.Book.Lessons;

/// <summary>The anchors of one page. Each is made of the words it stands at, and no two are the same.</summary>
internal sealed class Anchors
{
    /// <summary>The anchor of a page's main part, which nothing else on the page gets.</summary>
    public const string Main = "main";

    private readonly HashSet<string> _taken = [Main];

    /// <summary>Makes an anchor of some words, with a number behind it if the words alone are taken.</summary>
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

    /// <summary>The words as an anchor: their letters in lower case and their digits, with hyphens for what stands between.</summary>
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
