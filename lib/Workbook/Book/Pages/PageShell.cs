using System.Net;
using Workbook.Book.Lessons;

namespace Workbook.Book.Pages;

/// <summary>What every page of the book has: its head, and a way past the navigation.</summary>
internal static class PageShell
{
    /// <summary>The style sheet's file name.</summary>
    public const string StyleSheet = "book.css";

    /// <summary>The file name of the script that keeps the reader's progress.</summary>
    public const string ProgressScript = "progress.js";

    /// <summary>The name of the page with the contents.</summary>
    public const string ContentsPage = "index.html";

    // Nothing may be fetched but the book's own files, whatever a lesson's scripts try. Opened as a file, a page is not its own origin everywhere.
    private const string Policy = "default-src 'self' file: data: blob: 'unsafe-inline' 'unsafe-eval'; base-uri 'none'; form-action 'none'";

    /// <summary>A whole page.</summary>
    /// <param name="title">Its title, as text.</param>
    /// <param name="kind">The class of its body.</param>
    /// <param name="body">Its body as HTML.</param>
    public static string Of(string title, string kind, string body) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <link rel="stylesheet" href="{StyleSheet}">
        </head>
        <body class="{kind}">
        <a class="skip" href="#{Anchors.Main}">Skip to the text</a>
        {body}
        <script src="{ProgressScript}"></script>
        </body>
        </html>

        """;
}
