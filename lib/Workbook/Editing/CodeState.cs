namespace Workbook.Editing;

/// <summary>What a client may do with code that its reader has typed.</summary>
public enum CodeState
{
    /// <summary>It can run.</summary>
    Complete,

    /// <summary>More is to come: a brace is open, a statement not ended.</summary>
    Incomplete,

    /// <summary>No more text can make it C#.</summary>
    Invalid,
}
