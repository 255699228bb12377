namespace Workbook.Notebooks;

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
