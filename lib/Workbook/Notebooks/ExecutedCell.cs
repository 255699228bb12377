using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Workbook.Notebooks;

/// <summary>What running a code cell left behind.</summary>
/// <param name="Count">The number that Jupyter shows beside the cell, from 1.</param>
/// <param name="Outputs">The cell's outputs in the notebook format.</param>
/// <param name="Started">When the cell began.</param>
/// <param name="Ended">When it ended.</param>
public sealed record ExecutedCell(int Count, ImmutableArray<JsonObject> Outputs, DateTimeOffset Started, DateTimeOffset Ended);
