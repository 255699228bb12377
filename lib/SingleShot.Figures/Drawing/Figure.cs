namespace SingleShot.Figures.Drawing;

/// <summary>A picture, chart, gallery or verdict that shows itself: as the result of a notebook's cell, or as a page of its own.</summary>
/// <remarks>It is a fragment of HTML that loads nothing from anywhere, so it looks the same with no network.</remarks>
[TypeFormatterSource(typeof(FigureFormatterSource), PreferredMimeTypes = [Mime.Plain, Mime.Html])]
public class Figure
{
    /// <summary>Width in CSS pixels that a figure may take where it stands alone.</summary>
    internal const double FullWidth = 640;

    private readonly Func<double, string> _render;

    internal Figure(string summary, Func<double, string> render) => (Summary, _render) = (summary, render);

    /// <summary>The figure in a few words, for a place that can show text only.</summary>
    public string Summary { get; }

    /// <summary>The script element that a page needs once to draw the figure; empty where it needs none.</summary>
    internal virtual string Script => "";

    /// <summary>The figure as a fragment of HTML, to put into a page.</summary>
    /// <remarks>A page with charts needs the fragment of <c>Notebook.Start</c> once, before or after; without it they stand still.</remarks>
    public string ToHtml() => Render(FullWidth);

    /// <summary>Writes a page that holds all it needs and opens in any browser, without a network.</summary>
    /// <param name="path">The file to write, over an older one; its folder is made where it does not exist.</param>
    public void SavePage(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllText(path, Page.Of(this));
    }

    /// <summary>The figure in a few words.</summary>
    public override string ToString() => Summary;

    internal string Render(double width) => _render(width);
}
