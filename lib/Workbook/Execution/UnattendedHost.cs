namespace Workbook.Execution;

/// <summary>The host of a cell that runs with nobody there to answer it.</summary>
/// <param name="receive">Takes the outputs.</param>
public sealed class UnattendedHost(Action<CellOutput> receive) : ICellHost
{
    /// <inheritdoc/>
    public void Receive(CellOutput output) => receive(output);

    /// <inheritdoc/>
    public string? ReadLine(CancellationToken cancellation) => throw new InvalidOperationException(
        "The cell asks for input, and nobody is there to answer: open the notebook in an editor to run this cell, or give it a parameter instead.");
}
