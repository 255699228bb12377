using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;

namespace Workbook.Book;

/// <summary>Scripts that stand in the book more than once, such as a library that draws charts: in files of their own, which the pages share.</summary>
internal static class SharedScripts
{
    private const int WorthAFile = 1_000; // characters

    /// <summary>The folder of the files, in the book's.</summary>
    public const string Folder = "scripts";

    /// <summary>Takes the repeated scripts out of the pages and points at their files; each still runs wherever it stood.</summary>
    /// <returns>The scripts by file name.</returns>
    public static IReadOnlyDictionary<string, string> TakeFrom(IEnumerable<IElement> articles)
    {
        var files = new Dictionary<string, string>();
        var scripts = articles.SelectMany(article => article.QuerySelectorAll("script:not([src])"))
            .Where(script => script.TextContent.Length >= WorthAFile && IsScript(script));
        foreach (var copies in scripts.GroupBy(script => script.TextContent).Where(copies => copies.Skip(1).Any()).ToList())
        {
            var file = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(copies.Key)))[..16] + ".js";
            files[file] = copies.Key;
            foreach (var script in copies)
            {
                script.TextContent = "";
                script.SetAttribute("src", $"{Folder}/{file}");
            }
        }
        return files;
    }

    // A script element may hold data instead, and a module may not be loaded from a file.
    private static bool IsScript(IElement script) => script.GetAttribute("type") is null or "" or "text/javascript" or "application/javascript";
}
