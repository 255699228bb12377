using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Workbook.Book;

namespace Workbook.Tests.Book;

/// <summary>Executed notebooks of a test's own, and the book of them.</summary>
public sealed class BookFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>What the last <see cref="Write"/> gave.</summary>
    public BookReport Written { get; private set; } = null!;

    public static JsonObject Markdown(string source) => new() { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = source };

    public static JsonObject Code(string source, params JsonNode[] outputs) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = 1,
        ["metadata"] = new JsonObject(),
        ["outputs"] = new JsonArray(outputs),
        ["source"] = source,
    };

    public static JsonObject Shown(string type, string content) =>
        new() { ["output_type"] = "display_data", ["data"] = new JsonObject { [type] = content }, ["metadata"] = new JsonObject() };

    public static JsonObject Stream(string text) => new() { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = text };

    public static JsonObject Error(string name, string value, params string[] trace) =>
        new() { ["output_type"] = "error", ["ename"] = name, ["evalue"] = value, ["traceback"] = new JsonArray([.. trace.Select(line => (JsonNode)line)]) };

    public BookFolder Add(string name, params JsonObject[] cells)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        _folder.Write(new JsonObject { ["cells"] = new JsonArray([.. cells]), ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString(), name);
        return this;
    }

    public BookFolder AddText(string name, string text)
    {
        _folder.Write(text, name);
        return this;
    }

    /// <summary>Writes the book.</summary>
    /// <param name="pages">Folders with pages that are no notebooks.</param>
    public BookFolder Write(params string[] pages)
    {
        Written = BookWriter.Write(_folder.Path, _folder.File("book"), pages.Select(page => Path.Combine(_folder.Path, page)));
        return this;
    }

    public string Html(string page) => File.ReadAllText(_folder.File(Path.Combine("book", page)));

    public IHtmlDocument Page(string page) => new HtmlParser().ParseDocument(Html(page));

    /// <summary>The only lesson's page, of the cells given.</summary>
    public IHtmlDocument PageOf(params JsonObject[] cells) => Add("lesson.ipynb", cells).Write().Page("lesson.html");

    public string[] Files => [.. Directory.GetFiles(_folder.File("book"), "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_folder.File("book"), file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();
}
