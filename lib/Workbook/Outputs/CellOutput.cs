using System.Collections.Immutable;

namespace Workbook.Outputs;

/// <summary>Something that a running cell puts out; outputs come one by one, in order, while it runs.</summary>
public abstract record CellOutput;

/// <summary>Console text.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text as it was written; may end within a line.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput;

/// <summary>A value shown by <c>display</c>.</summary>
/// <param name="Data">Its forms.</param>
/// <param name="DisplayId">What a later update names it by.</param>
public sealed record DisplayOutput(MimeBundle Data, string DisplayId) : CellOutput
{
    /// <summary>A line of text that nothing will update.</summary>
    internal static DisplayOutput OfText(string text) => new(MimeBundle.Of(MimeBundle.PlainType, text), Guid.NewGuid().ToString("N"));
}

/// <summary>A new value in the place of one shown earlier, perhaps by an earlier cell.</summary>
/// <param name="Data">Its forms.</param>
/// <param name="DisplayId">The earlier output.</param>
public sealed record DisplayUpdate(MimeBundle Data, string DisplayId) : CellOutput;

/// <summary>The value of the cell's last expression.</summary>
/// <param name="Data">Its forms.</param>
public sealed record ResultOutput(MimeBundle Data) : CellOutput;

/// <summary>What ended the cell early.</summary>
/// <param name="Name">The exception's type, or <c>CompilationError</c>.</param>
/// <param name="Message">The first error in one line or a few.</param>
/// <param name="Line">The cell's own line, from 1; null where the error is of none.</param>
/// <param name="Traceback">All of it, for a reader: every compile error, or the stack without the workbook's own frames.</param>
public sealed record ErrorOutput(string Name, string Message, int? Line, ImmutableArray<string> Traceback) : CellOutput
{
    /// <summary>The name of the error of a cell that was asked to stop, and ended.</summary>
    public const string Interrupted = "Interrupted";

    /// <summary>The name of the error of a cell that was asked to stop, and goes on.</summary>
    public const string NotStopped = "NotStopped";
}

/// <summary>Asks to remove the outputs that the cell has shown so far.</summary>
/// <param name="Wait">Not before the next output is there, so that nothing flickers.</param>
public sealed record ClearOutput(bool Wait) : CellOutput;
