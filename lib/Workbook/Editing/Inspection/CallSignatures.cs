using System.Collections.Immutable;

namespace Workbook.Editing.Inspection;

/// <summary>The ways to call what the cursor is in the argument list of.</summary>
/// <param name="Overloads">All of them, those with fewer parameters first.</param>
/// <param name="Active">The one that the arguments so far fit best: its index.</param>
/// <param name="ActiveParameter">The parameter of that one which the cursor's argument is for: its index; null for none.</param>
public sealed record CallSignatures(ImmutableArray<CallSignature> Overloads, int Active, int? ActiveParameter);

/// <summary>One way to call it.</summary>
/// <param name="Text">Its declaration in one line.</param>
/// <param name="Parameters">The names of its parameters.</param>
/// <param name="Documentation">Its summary as plain text; empty where it has none.</param>
public sealed record CallSignature(string Text, ImmutableArray<string> Parameters, string Documentation);
