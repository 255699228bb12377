namespace Workbook.Book.Formulas;

/// <summary>What a piece of TeX is.</summary>
internal enum TexKind
{
    /// <summary>The formula is over.</summary>
    End,

    /// <summary>A backslash and a name, or a backslash and one other character; the text is without the backslash.</summary>
    Command,

    /// <summary>A letter.</summary>
    Letter,

    /// <summary>Digits, with a point between them where there is one.</summary>
    Number,

    /// <summary>Any other character, braces and scripts among them.</summary>
    Sign,
}

/// <summary>A piece of TeX.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; empty at the end.</param>
internal readonly record struct TexToken(TexKind Kind, string Text)
{
    public bool IsSign(string sign) => Kind == TexKind.Sign && Text == sign;

    public bool IsCommand(string name) => Kind == TexKind.Command && Text == name;

    /// <summary>The token as an author wrote it.</summary>
    public override string ToString() => Kind switch
    {
        TexKind.End => "the end of the formula",
        TexKind.Command => "\\" + Text,
        _ => Text,
    };
}
