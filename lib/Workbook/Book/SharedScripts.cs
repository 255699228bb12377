using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;

namespace Workbook.Book;

/// <summary>Large scripts, such as a library that draws charts: in files of their own, which the pages share.</summary>
internal sealed class SharedScripts
{
    private const int Large = 50_000; // characters

    private readonly Dictionary<string, string> _files = [];

    /// <summary>The folder of the files, in the book's.</summary>
    public const string Folder = "scripts";

    /// <summary>The scripts by file name.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    /// <summary>Takes the large scripts out of a page; of those that it has twice, the first remains.</summary>
    public void TakeFrom(IElement article)
    {
        var onPage = new HashSet<string>();
        foreach (var script in article.QuerySelectorAll("script:not([src])").Where(script => script.TextContent.Length > Large && IsScript(script)).ToList())
        {
            var text = script.TextContent;
            var file = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16] + ".js";
            if (!onPage.Add(file))
            {
                script.Remove();
                continue;
            }
            _files[file] = text;
            script.TextContent = "";
            script.SetAttribute("src", $"{Folder}/{file}");
        }
    }

    // A script element may hold data instead, and a module may not be loaded from a file.
    private static bool IsScript(IElement script) => script.GetAttribute("type") is null or "" or "text/javascript" or "application/javascript";
}
