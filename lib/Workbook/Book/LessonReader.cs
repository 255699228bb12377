using System.Globalization;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Workbook.Book.Formulas;
using Workbook.Notebooks;

namespace Workbook.Book;

/// <summary>Reads an executed notebook into a lesson: its cells in order, headings numbered by depth, what its code put out.</summary>
internal sealed class LessonReader
{
    private readonly IElement _article = HtmlTree.Document().Body!.AppendElement("article");
    private readonly Anchors _anchors = new();
    private readonly List<Formula> _untypeset = [];
    private Trouble? _trouble;
    private int _codeCells;

    /// <summary>Reads a lesson.</summary>
    /// <param name="notebook">The executed notebook.</param>
    /// <param name="name">Its path from the folder that the book is made of, with slashes.</param>
    /// <param name="page">The file name of its page.</param>
    /// <param name="remarks">Gains a remark for each formula that is shown as its source, with the cell that has it.</param>
    public static Lesson Read(Notebook notebook, string name, string page, ICollection<string> remarks)
    {
        var reader = new LessonReader();
        foreach (var (index, cell) in notebook.Cells.Index())
        {
            reader.Add(cell);
            foreach (var formula in reader._untypeset)
            {
                remarks.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{name}, cell {index + 1} of all: {formula.Trouble}. The book shows the formula's source: {formula.Source}"));
            }
            reader._untypeset.Clear();
        }
        var outline = LessonOutline.Of(reader._article, Path.GetFileNameWithoutExtension(notebook.Name), reader._anchors);
        foreach (var table in reader._article.QuerySelectorAll("table").Where(table => table.ParentElement!.Closest("table, figure") is null).ToList())
        {
            var box = table.Wrap("div", "scroll");
            box.SetAttribute("tabindex", "0");
            box.SetAttribute("role", "group");
            box.SetAttribute("aria-label", "Table");
        }
        return new Lesson(
            name, page, outline.Title, outline.TitleHtml, outline.Opening, outline.Headings, reader._article, reader._trouble);
    }

    private void Add(NotebookCell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                var prose = _article.AppendElement("div", "prose");
                HtmlTree.Append(prose, MarkdownText.ToHtml(cell.Source, _untypeset));
                Attachments.Embed(prose, cell.Json["attachments"] as JsonObject);
                SafeMarkup.MakePassive(prose);
                foreach (var lines in prose.QuerySelectorAll("pre").Where(lines => CellOutputs.MayScroll(lines.TextContent)))
                {
                    lines.SetAttribute("tabindex", "0");
                    lines.SetAttribute("role", "group");
                    lines.SetAttribute("aria-label", "Code");
                }
                foreach (var code in prose.QuerySelectorAll("pre > code.language-csharp, pre > code.language-cs, pre > code[class='language-c#']"))
                {
                    code.InnerHtml = CodeColours.ToHtml(code.TextContent);
                }
                break;
            case CellKind.Raw when cell.Source.Length > 0:
                HtmlTree.Append(_article.AppendElement("div", "raw"), CellOutputs.Lines(cell.Source, "Raw text"));
                break;
            case CellKind.Code when cell.Source.Length > 0 || Outputs(cell).Any():
                AddCode(cell);
                break;
        }
    }

    private void AddCode(NotebookCell cell)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"cell {++_codeCells}");
        var box = _article.AppendElement("div", "cell");
        box.Id = _anchors.Add("cell-" + (cell.Json["id"] is JsonValue id ? id.ToString() : _codeCells.ToString(CultureInfo.InvariantCulture)));
        if (cell.Tags.Contains(NotebookCell.InjectedTag))
        {
            box.AppendElement("p", "name").TextContent = "parameters set for this run";
        }
        HtmlTree.Append(box.AppendElement("div", "source"), CellOutputs.Box(cell.Source, CodeColours.ToHtml(cell.Source), $"Code of {name}"));
        foreach (var output in Outputs(cell))
        {
            var shown = box.AppendElement("div", "output");
            HtmlTree.Append(shown, CellOutputs.ToHtml(output, name, _untypeset));
            SafeMarkup.MakeLocal(shown);
            if (!shown.HasChildNodes)
            {
                shown.Remove();
            }
        }
        if (_trouble is not null)
        {
            _trouble = _trouble with { NotRun = _trouble.NotRun + 1 };
        }
        else if (Outputs(cell).FirstOrDefault(output => output["output_type"]?.ToString() == "error") is { } error)
        {
            _trouble = new Trouble(_codeCells, box.Id!, Printable.Of($"{error["ename"]}: {error["evalue"]}"), NotRun: 0);
        }
    }

    private static IEnumerable<JsonObject> Outputs(NotebookCell cell) => (cell.Json["outputs"] as JsonArray ?? []).OfType<JsonObject>();
}
