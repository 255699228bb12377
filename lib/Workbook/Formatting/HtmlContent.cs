namespace Workbook.Formatting;

/// <summary>Text that is HTML already and is shown as such: what a cell's <c>HTML(text)</c> returns.</summary>
/// <param name="Html">The HTML, shown unescaped.</param>
public sealed record HtmlContent(string Html)
{
    /// <summary>The HTML itself.</summary>
    public override string ToString() => Html;
}
