using System.IO.Compression;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using Workbook.Book.Content;
using Workbook.Book.Lessons;

namespace Workbook.Book.Pages;

/// <summary>A page of the book that is no notebook: a folder beside the notebooks, with its text in <c>page.html</c>, and the files that the text names.</summary>
/// <remarks>
/// What <c>src</c> and <c>href</c> name is copied. A page that was opened from the disk may read no file, but it may load scripts. So what <c>data-file</c> names becomes a script that puts
/// the file's bytes, compressed by gzip and in base 64, into <c>bookFiles</c> under the file's name. The element then has the script's path as <c>data-script</c> and its size in bytes as
/// <c>data-size</c>. It has neither where the file is missing, and the page says what to do.
/// </remarks>
internal sealed class OwnPage
{
    /// <summary>The file with the page's text: what stands in a page's main part, as HTML.</summary>
    public const string Text = "page.html";

    private readonly string _folder;
    private readonly IElement _article = HtmlTree.Document().Body!.AppendElement("article");

    private OwnPage(string folder)
    {
        _folder = folder;
        HtmlTree.Append(_article, File.ReadAllText(Path.Combine(folder, Text)));
        TitleHtml = _article.QuerySelector("h1")?.Quoted() ?? Name;
        Opening = _article.QuerySelector("p")?.Quoted() ?? "";
    }

    /// <summary>The folder's name.</summary>
    public string Name => Path.GetFileName(_folder);

    /// <summary>The page's file name.</summary>
    public string Page => Name + ".html";

    /// <summary>The page as a link names it.</summary>
    public string Href => Uri.EscapeDataString(Page);

    /// <summary>How a notebook beside the folder names the page.</summary>
    public string Source => $"{Name}/{Text}";

    /// <summary>Its heading as HTML, without links.</summary>
    public string TitleHtml { get; }

    /// <summary>Its first paragraph as HTML, without links.</summary>
    public string Opening { get; }

    /// <summary>The pages among the folders in some folders, in the order of their names.</summary>
    /// <param name="folders">Folders that notebooks lie in.</param>
    /// <returns>Full paths of the pages' folders.</returns>
    public static IEnumerable<string> In(IEnumerable<string> folders) =>
        folders.Where(Directory.Exists).SelectMany(Directory.GetDirectories).Where(folder => File.Exists(Path.Combine(folder, Text)))
            .Select(Path.GetFullPath).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Reads a page.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OwnPage Read(string folder) => new(folder);

    /// <summary>Writes the page, and its files into a folder of its name.</summary>
    /// <param name="book">The book's folder.</param>
    public void WriteTo(string book)
    {
        Directory.CreateDirectory(Path.Combine(book, Name));
        foreach (var attribute in new[] { "src", "href" })
        {
            foreach (var element in _article.QuerySelectorAll($"[{attribute}]").Where(element => SourceOf(element, attribute) is not null))
            {
                var file = SourceOf(element, attribute)!;
                File.Copy(file, Path.Combine(book, Name, Path.GetFileName(file)), overwrite: true);
                element.SetAttribute(attribute, Link(Path.GetFileName(file)));
            }
        }
        foreach (var element in _article.QuerySelectorAll("[data-file]"))
        {
            if (SourceOf(element, "data-file") is { } file)
            {
                var script = Path.GetFileName(file) + ".js";
                element.SetAttribute("data-size", $"{WriteScript(file, Path.Combine(book, Name, script))}");
                element.SetAttribute("data-script", Link(script));
            }
        }
        File.WriteAllText(Path.Combine(book, Page), PageShell.Of(_article.QuerySelector("h1")?.Words() ?? Name, "own", $"""
            <header>
            <nav aria-label="Book"><a href="{PageShell.ContentsPage}">Contents</a></nav>
            </header>
            <main id="{Anchors.Main}" tabindex="-1">
            {_article.ToHtml()}
            </main>
            """));
    }

    private string Link(string file) => $"{Uri.EscapeDataString(Name)}/{Uri.EscapeDataString(file)}";

    // A name with a colon is an address, and no file.
    private string? SourceOf(IElement element, string attribute) =>
        element.GetAttribute(attribute) is { Length: > 0 } name && !name.Contains(':') && Path.GetFullPath(Path.Combine(_folder, name)) is var file && File.Exists(file) ? file : null;

    private static long WriteScript(string file, string script)
    {
        using var compressed = new MemoryStream();
        using (var source = File.OpenRead(file))
        using (var target = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            source.CopyTo(target);
        }
        var bytes = Convert.ToBase64String(compressed.GetBuffer(), 0, (int)compressed.Length);
        File.WriteAllText(script, $"(globalThis.bookFiles ??= {{}})[{JsonSerializer.Serialize(Path.GetFileName(file))}] = \"{bytes}\";\n");
        return new FileInfo(script).Length;
    }
}
