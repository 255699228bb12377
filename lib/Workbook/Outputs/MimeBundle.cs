using System.Collections.Immutable;

namespace Workbook.Outputs;

/// <summary>One value in several forms, by mime type, each as text; a client shows the richest that it knows.</summary>
/// <param name="Forms">The forms; the types are unlike one another.</param>
public sealed record MimeBundle(ImmutableDictionary<string, string> Forms)
{
    /// <summary>The mime type of plain text.</summary>
    public const string PlainType = "text/plain";

    /// <summary>The mime type of HTML.</summary>
    public const string HtmlType = "text/html";

    /// <summary>The plain form, which every bundle made from a value has; empty where this one lacks it.</summary>
    public string PlainText => Forms.GetValueOrDefault(PlainType, "");

    /// <summary>A bundle of one form.</summary>
    /// <param name="mimeType">For instance <c>text/html</c>.</param>
    /// <param name="text">The form.</param>
    public static MimeBundle Of(string mimeType, string text) => new(ImmutableDictionary<string, string>.Empty.Add(mimeType, text));

    /// <summary>The same bundle with a form added, or replaced.</summary>
    /// <param name="mimeType">For instance <c>text/html</c>.</param>
    /// <param name="text">The form.</param>
    public MimeBundle With(string mimeType, string text) => new(Forms.SetItem(mimeType, text));

    /// <summary>The same bundle with an HTML form.</summary>
    /// <param name="html">HTML, escaped already.</param>
    public MimeBundle WithHtml(string html) => With(HtmlType, html);
}
