using System.Globalization;
using Workbook.Execution.Submissions;
using Workbook.Notebooks;

namespace Workbook.Execution.Directives;

/// <summary>Reads what <c>#!import</c> names: a file of C#, or the code cells of a notebook.</summary>
internal static class ImportedCode
{
    /// <summary>The pieces of code in a file, in order.</summary>
    /// <exception cref="NotebookFormatException">The file cannot be read.</exception>
    public static IEnumerable<CellCode> Read(string path)
    {
        if (Path.GetExtension(path).Equals(".ipynb", StringComparison.OrdinalIgnoreCase))
        {
            return NotebookReader.Read(path).Cells.Where(cell => cell.Kind == CellKind.Code).Select((cell, index) =>
                new CellCode(cell.Source, string.Create(CultureInfo.InvariantCulture, $"{path} cell {index + 1}")));
        }
        return File.Exists(path)
            ? [new CellCode(Text(path), path)]
            : throw new NotebookFormatException($"#!import: there is no file {path}. The path starts from the notebook's folder.");
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotebookFormatException($"#!import: {path} cannot be read: {e.Message}");
        }
    }
}
