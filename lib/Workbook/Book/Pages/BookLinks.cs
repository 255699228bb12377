using Workbook.Book.Lessons;

namespace Workbook.Book.Pages;

/// <summary>Points the links between notebooks at the pages of the book, and removes links to files that the book does not have.</summary>
internal sealed class BookLinks(IReadOnlyList<Lesson> lessons, IReadOnlyList<OwnPage> pages)
{
    private static readonly Uri Base = new("file:///");

    /// <summary>Resolves every link of a lesson.</summary>
    public void Resolve(Lesson lesson)
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
    }

    private string? Target(Lesson lesson, string href)
    {
        var (path, fragment) = href.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? (href[..at], href[(at + 1)..]) : (href, "");
        if (path.Length > 0 && At(lesson, path, pages, page => page.Source) is { } page)
        {
            return page.Href;
        }
        var target = path.Length == 0 ? lesson : At(lesson, path, lessons, one => one.Notebook);
        if (target is null)
        {
            return null;
        }
        var anchor = fragment.Length == 0 ? null : Anchor(target, Uri.UnescapeDataString(fragment));
        return path.Length > 0 ? target.Href + (anchor is null ? "" : "#" + anchor) : anchor is null ? null : "#" + anchor;
    }

    // What lies where a lesson's link points.
    private static T? At<T>(Lesson from, string path, IEnumerable<T> all, Func<T, string> place)
        where T : class => Uri.TryCreate(new Uri(Base, from.Notebook), path, out var found)
            ? all.FirstOrDefault(one => new Uri(Base, place(one)).AbsolutePath.Equals(found.AbsolutePath, StringComparison.OrdinalIgnoreCase))
            : null;

    // Editors make anchors of headings in ways of their own (Jupyter writes Two-Words); the words in them are the same.
    private static string? Anchor(Lesson lesson, string fragment) =>
        new[] { fragment, Anchors.Name(fragment) }.FirstOrDefault(id => lesson.Article.QuerySelectorAll("[id]").Any(element => element.Id == id));

    private static bool IsOutside(string href) =>
        Uri.TryCreate(href, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto";
}
