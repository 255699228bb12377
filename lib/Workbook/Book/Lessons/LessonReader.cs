using System.Globalization;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Workbook.Book.Content;
using Workbook.Book.Formulas;
using Workbook.Notebooks;

namespace Workbook.Book.Lessons;

/// <summary>Reads an executed notebook into a lesson: its text, its code and what the code put out, in order.</summary>
internal sealed class LessonReader
{
    private readonly MarkdownText _text;
    private readonly IElement _article = HtmlTree.Document().Body!.AppendElement("article");
    private readonly Anchors _anchors = new();
    private readonly List<Formula> _refused = [];
    private LessonFailure? _failure;
    private int _codeCells;

    private LessonReader(MarkdownText text) => _text = text;

    /// <summary>Reads a lesson.</summary>
    /// <param name="notebook">The executed notebook.</param>
    /// <param name="name">Its path from the folder that the book is made of, with slashes.</param>
    /// <param name="page">The file name of its page.</param>
    /// <param name="text">Reads its Markdown.</param>
    /// <param name="remarks">Gains a remark for each formula that is shown as its source, with the cell that has it.</param>
    public static Lesson Read(Notebook notebook, string name, string page, MarkdownText text, ICollection<string> remarks)
    {
        var reader = new LessonReader(text);
        foreach (var (index, cell) in notebook.Cells.Index())
        {
            reader.Add(cell);
            foreach (var formula in reader._refused)
            {
                remarks.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{name}, cell {index + 1} of all: {formula.Error}. The book shows the formula's source: {formula.Source}"));
            }
            reader._refused.Clear();
        }
        var outline = LessonOutline.Of(reader._article, Path.GetFileNameWithoutExtension(notebook.Name), reader._anchors);
        foreach (var table in reader._article.QuerySelectorAll("table").Where(table => table.ParentElement!.Closest("table, figure, [role=group]") is null).ToList())
        {
            table.Wrap("div", "scroll").MakeReachable("Table");
        }
        return new Lesson(
            name, page, outline.Title, outline.TitleHtml, outline.Opening, outline.Ability, outline.Headings,
            LessonExercise.ReadFrom(reader._article), reader._article, reader._failure);
    }

    private void Add(NotebookCell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                _text.AppendTo(_article.AppendElement("div", "prose"), cell.Source, cell.Json["attachments"] as JsonObject, _refused);
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
        HtmlTree.Append(box.AppendElement("div", "source"), CellOutputs.Box(cell.Source, CodeColors.ToHtml(cell.Source), $"Code of {name}"));
        foreach (var output in Outputs(cell))
        {
            var shown = box.AppendElement("div", "output");
            CellOutputs.AppendTo(shown, output, name, _text, _refused);
            if (!shown.HasChildNodes)
            {
                shown.Remove();
            }
        }
        if (_failure is not null)
        {
            _failure = _failure with { NotRun = _failure.NotRun + 1 };
        }
        else if (Outputs(cell).FirstOrDefault(output => output["output_type"]?.ToString() == "error") is { } error)
        {
            _failure = new LessonFailure(_codeCells, box.Id!, PrintableText.Of($"{error["ename"]}: {error["evalue"]}"), NotRun: 0);
        }
    }

    private static IEnumerable<JsonObject> Outputs(NotebookCell cell) => (cell.Json["outputs"] as JsonArray ?? []).OfType<JsonObject>();
}
