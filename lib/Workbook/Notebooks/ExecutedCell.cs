namespace Workbook.Notebooks;

/// <summary>What running a code cell left behind.</summary>
/// <param name="Count">The number that Jupyter shows beside the cell, from 1.</param>
/// <param name="Output">The cell's outputs; what it left running may still add to them.</param>
/// <param name="Started">When the cell began.</param>
/// <param name="Ended">When it ended.</param>
public sealed record ExecutedCell(int Count, OutputCollector Output, DateTimeOffset Started, DateTimeOffset Ended);
