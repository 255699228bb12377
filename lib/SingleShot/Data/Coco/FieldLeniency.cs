namespace SingleShot.Data.Coco;

/// <summary>What a record of a COCO file may have otherwise than the format does, and is read all the same.</summary>
[Flags]
internal enum FieldLeniency
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A number in quotation marks.</summary>
    NumberAsText = 1,

    /// <summary>A number where a text belongs.</summary>
    TextAsNumber = 2,

    /// <summary>A text whose bytes are not UTF-8.</summary>
    Windows1252 = 4,

    /// <summary>An object with an outline and no box.</summary>
    BoxOfOutline = 8,

    /// <summary>An object without an id that can be read.</summary>
    NoId = 16,
}

/// <summary>The words for each.</summary>
internal static class FieldLeniencyWords
{
    private static readonly (FieldLeniency Kind, string Words)[] All =
    [
        (FieldLeniency.NumberAsText, "a number is written as a text; taken for the number"),
        (FieldLeniency.TextAsNumber, "a number is where a text belongs; taken for its text"),
        (FieldLeniency.Windows1252, "a text is not UTF-8; taken for Windows-1252"),
        (FieldLeniency.BoxOfOutline, "an object has an outline and no box; the box around it is taken"),
        (FieldLeniency.NoId, "an annotation has no id that is a whole number; its place in the list, from 0, is shown as its id"),
    ];

    /// <summary>Notes what a record has.</summary>
    public static void Note(this Leniencies leniencies, FieldLeniency kinds, string where)
    {
        foreach (var (kind, words) in All)
        {
            if (kinds.HasFlag(kind))
            {
                leniencies.Note(words, where);
            }
        }
    }
}
