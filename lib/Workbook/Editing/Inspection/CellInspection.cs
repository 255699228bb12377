namespace Workbook.Editing.Inspection;

/// <summary>The description of what stands at the cursor.</summary>
/// <param name="PlainText">For a terminal.</param>
/// <param name="Markdown">The same for a client that renders it.</param>
public sealed record CellInspection(string PlainText, string Markdown);

/// <summary>How much to say; the numbers are those of Jupyter's <c>detail_level</c>.</summary>
public enum InspectionDetail
{
    /// <summary>The declaration, what it is for, its parameters and result.</summary>
    Brief = 0,

    /// <summary>The exceptions, the remarks and every overload, too.</summary>
    Full = 1,
}
