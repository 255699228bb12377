using System.Collections.Immutable;

namespace Workbook.Editing.Completion;

/// <summary>What may stand where the cursor is. Positions are Jupyter's: code points from the cell's start.</summary>
/// <param name="Start">Where the text to be replaced begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Items">The possibilities, the best first.</param>
public sealed record CompletionList(int Start, int End, ImmutableArray<CompletionItem> Items);

/// <summary>One of the completions that may stand at the cursor.</summary>
/// <param name="Text">What to put into the cell.</param>
/// <param name="Kind">What it is, in lower case: <c>method</c>, <c>property</c>, <c>class</c>, <c>keyword</c>, <c>variable</c>, …</param>
/// <param name="Signature">Its declaration in C#; null where there is nothing to declare, or where the list is long.</param>
/// <param name="Documentation">Its summary; null where it has none, or where the list is long.</param>
public sealed record CompletionItem(string Text, string Kind, string? Signature, string? Documentation);
