namespace Workbook.Book;

/// <summary>Points links between notebooks at the pages of the book, and takes away those that would lead nowhere.</summary>
internal sealed class BookLinks(IReadOnlyList<Lesson> lessons)
{
    /// <summary>Settles every link and picture of a lesson.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="folder">Where its notebook lies: pictures that it names are looked for from there.</param>
    public void Settle(Lesson lesson, string folder)
    {
        foreach (var link in lesson.Article.QuerySelectorAll("a[href], area[href]").Where(link => link.Closest("svg") is null).ToList())
        {
            var href = link.GetAttribute("href")!.Trim();
            if (IsOutside(href))
            {
                link.SetAttribute("rel", "noreferrer");
            }
            else if (Target(lesson, href) is { } target)
            {
                link.SetAttribute("href", target);
            }
            else
            {
                link.RemoveAttribute("href"); // the words stay, and promise nothing
            }
        }
        foreach (var picture in lesson.Article.QuerySelectorAll("img[src]").ToList())
        {
            LocalPicture.Embed(picture, folder);
        }
    }

    private string? Target(Lesson lesson, string href)
    {
        var (path, fragment) = href.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? (href[..at], href[(at + 1)..]) : (href, "");
        var target = path.Length == 0 ? lesson : Find(path);
        if (target is null)
        {
            return null;
        }
        var anchor = fragment.Length == 0 ? null : Anchor(target, Uri.UnescapeDataString(fragment));
        return path.Length > 0 ? target.Href + (anchor is null ? "" : "#" + anchor) : anchor is null ? null : "#" + anchor;
    }

    private Lesson? Find(string path)
    {
        var name = Uri.UnescapeDataString(path.Split('?')[0]).Split('/', '\\')[^1];
        return lessons.FirstOrDefault(lesson => lesson.Notebook.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    // Editors make anchors of headings in ways of their own (Jupyter writes Two-Words); the words in them are the same.
    private static string? Anchor(Lesson lesson, string fragment) =>
        new[] { fragment, Anchors.Name(fragment) }.FirstOrDefault(id => lesson.Article.QuerySelectorAll("[id]").Any(element => element.Id == id));

    private static bool IsOutside(string href) =>
        Uri.TryCreate(href, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto";
}
