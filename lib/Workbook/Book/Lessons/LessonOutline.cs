using System.Collections.Immutable;
using AngleSharp.Dom;
using Workbook.Book.Content;

namespace Workbook.Book.Lessons;

/// <summary>A lesson's title, opening, headings, and what its reader can do at its end.</summary>
internal sealed record LessonOutline(string Title, string TitleHtml, string Opening, string Ability, ImmutableArray<Heading> Headings)
{
    private const string AbilityWords = "You can now";

    /// <summary>Reads the outline, and corrects the article's headings: one title, no level left out, an anchor at each.</summary>
    /// <param name="article">The lesson's elements. Headings in the outputs of code do not count.</param>
    /// <param name="name">The title for a lesson that has none of its own.</param>
    /// <param name="anchors">The page's anchors.</param>
    public static LessonOutline Of(IElement article, string name, Anchors anchors)
    {
        var headings = article.Children.Where(child => child.ClassName == "prose")
            .SelectMany(prose => prose.QuerySelectorAll("h1, h2, h3, h4, h5, h6")).ToList();
        var title = headings.FirstOrDefault() is { LocalName: "h1" } first ? first : AddTitle(article, name);
        title.Id = anchors.Add(title.Words());
        var opening = title.ParentElement!.Children.FirstOrDefault(child => child.LocalName == "p");

        var found = ImmutableArray.CreateBuilder<Heading>();
        var rest = headings.Where(heading => heading != title).ToList();
        // Where further headings stand on the title's level, all of them move down by one.
        var down = rest.Any(heading => heading.LocalName == "h1") ? 1 : 0;
        var before = 1;
        foreach (var heading in rest)
        {
            var level = Math.Min(Math.Min(heading.LocalName[1] - '0' + down, 6), before + 1);
            var mended = heading.Owner!.CreateElement($"h{level}");
            mended.Id = anchors.Add(heading.Words());
            foreach (var child in heading.ChildNodes.ToList())
            {
                mended.AppendChild(child);
            }
            heading.Replace(mended);
            found.Add(new Heading(level, mended.Id, mended.Quoted()));
            before = level;
        }
        return new LessonOutline(title.Words(), title.Quoted(), opening?.Quoted() ?? "", AbilityIn(article), found.DrainToImmutable());
    }

    // The paragraph that begins with these words in bold; what follows them.
    private static string AbilityIn(IElement article)
    {
        if (article.QuerySelectorAll(".prose > p").FirstOrDefault(p => p.FirstChild is IElement { LocalName: "strong", TextContent: AbilityWords }) is not { } found)
        {
            return "";
        }
        var rest = (IElement)found.Clone();
        rest.FirstChild!.RemoveFromParent();
        return rest.Quoted();
    }

    private static IElement AddTitle(IElement article, string name)
    {
        var prose = article.FirstElementChild;
        if (prose?.ClassName != "prose")
        {
            prose = article.Owner!.CreateElement("div");
            prose.ClassName = "prose";
            article.Prepend(prose);
        }
        var title = article.Owner!.CreateElement("h1");
        title.TextContent = name;
        prose.Prepend(title);
        return title;
    }
}
