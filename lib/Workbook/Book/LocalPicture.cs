using AngleSharp.Dom;

namespace Workbook.Book;

/// <summary>A picture that a lesson names by its file: put into the page, so that the book can be moved.</summary>
internal static class LocalPicture
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".svg"] = "image/svg+xml",
        [".webp"] = "image/webp",
    };

    /// <summary>Embeds the picture; where there is no such file, its description stands in its place.</summary>
    /// <param name="picture">An element with a source.</param>
    /// <param name="folder">The folder that a relative name begins at.</param>
    public static void Embed(IElement picture, string folder)
    {
        var source = picture.GetAttribute("src")!;
        if (source.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || source.StartsWith("blob:", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }
        var file = Path.Combine(folder, Uri.UnescapeDataString(source));
        if (Types.TryGetValue(Path.GetExtension(file), out var type) && File.Exists(file))
        {
            picture.SetAttribute("src", $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}");
            return;
        }
        var note = picture.Owner!.CreateElement("span");
        note.ClassName = "left-out";
        note.TextContent = $"A picture that is not there: {source}. {picture.GetAttribute("alt")}".TrimEnd();
        picture.Replace(note);
    }
}
