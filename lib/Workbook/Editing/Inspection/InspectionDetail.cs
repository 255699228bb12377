namespace Workbook.Editing.Inspection;

/// <summary>How much to say; the numbers are those of Jupyter's <c>detail_level</c>.</summary>
public enum InspectionDetail
{
    /// <summary>The declaration, what it is for, its parameters and result.</summary>
    Brief = 0,

    /// <summary>The exceptions, the remarks and every overload, too.</summary>
    Full = 1,
}
