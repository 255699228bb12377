using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Workbook.Notebooks;

/// <summary>A notebook as it was read.</summary>
/// <param name="Path">The full path of its file.</param>
/// <param name="Cells">Its cells, in order.</param>
/// <param name="Json">The whole file: metadata that this program does not know is kept there. Never changed; copies are.</param>
public sealed record Notebook(string Path, ImmutableArray<NotebookCell> Cells, JsonObject Json)
{
    /// <summary>The file's name, with its extension.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The folder that its cells run in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The place of the first code cell tagged <c>parameters</c>; -1 where there is none.</summary>
    public int ParametersIndex => Cells.IndexOf(
        Cells.FirstOrDefault(cell => cell.Kind == CellKind.Code && cell.Tags.Contains(NotebookCell.ParametersTag))!);

    /// <summary>The same notebook with one more cell.</summary>
    /// <param name="index">Where the new cell goes.</param>
    /// <param name="cell">The new cell.</param>
    public Notebook With(int index, NotebookCell cell) => this with { Cells = Cells.Insert(index, cell) };
}
