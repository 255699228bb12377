using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Workbook.Notebooks;

namespace Workbook.Book;

/// <summary>Pictures that a Markdown cell carries with it, which its text names <c>attachment:name</c>.</summary>
internal static class Attachments
{
    private const string Scheme = "attachment:";

    /// <summary>Puts each into the page in place of its name.</summary>
    /// <param name="prose">The cell's elements.</param>
    /// <param name="attachments">By name, their bytes by mime type in base 64; null where the cell has none.</param>
    public static void Embed(IElement prose, JsonObject? attachments)
    {
        foreach (var picture in prose.QuerySelectorAll("img[src]"))
        {
            var source = picture.GetAttribute("src")!;
            if (source.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                && attachments?[Uri.UnescapeDataString(source[Scheme.Length..])] is JsonObject forms
                && forms.FirstOrDefault(form => form.Key.StartsWith("image/", StringComparison.Ordinal)) is { Key: { } type, Value: { } bytes })
            {
                picture.SetAttribute("src", $"data:{type};base64,{NotebookText.FromJson(bytes)?.ReplaceLineEndings("")}");
            }
        }
    }
}
