using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Workbook.Notebooks;

/// <summary>One cell as it was read from a file, or as it was made to be added to one.</summary>
/// <param name="Kind">Code, markdown or raw.</param>
/// <param name="Source">The cell's text, lines separated by a line feed.</param>
/// <param name="Tags">The tags of the cell's metadata.</param>
/// <param name="Kernel">The language that the cell's metadata names; null where it names none, which means C#.</param>
/// <param name="Json">The cell as the file has it: what this program does not know is kept there. Never changed; copies are.</param>
public sealed record NotebookCell(CellKind Kind, string Source, ImmutableArray<string> Tags, string? Kernel, JsonObject Json)
{
    /// <summary>The tag of the cell that declares what <c>-p</c> may set.</summary>
    public const string ParametersTag = "parameters";

    /// <summary>The tag of the cell that <c>-p</c> adds.</summary>
    public const string InjectedTag = "injected-parameters";

    /// <summary>Makes the cell that assigns parameters.</summary>
    /// <param name="source">The assignments.</param>
    public static NotebookCell Injected(string source)
    {
        var json = new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = NewId(),
            ["metadata"] = new JsonObject { ["tags"] = new JsonArray(InjectedTag) },
            ["outputs"] = new JsonArray(),
            ["source"] = NotebookText.ToJson(source),
        };
        return new NotebookCell(CellKind.Code, source, [InjectedTag], Kernel: null, json);
    }

    /// <summary>A cell id as Jupyter makes them: eight characters, unlike any other's.</summary>
    public static string NewId() => Guid.NewGuid().ToString("N")[..8];
}

/// <summary>What a notebook's cell holds.</summary>
public enum CellKind
{
    /// <summary>C# to run.</summary>
    Code,

    /// <summary>Text to read; copied as it is.</summary>
    Markdown,

    /// <summary>Text for a converter; copied as it is.</summary>
    Raw,
}
