using Workbook.Outputs;

namespace Workbook.Execution.Running;

/// <summary>What a cell talks to while it runs: the place for its outputs, and the person who may answer it.</summary>
public interface ICellHost
{
    /// <summary>Takes an output. Outputs come one at a time and in order, perhaps after the cell's end from what it left running.</summary>
    /// <param name="output">The output.</param>
    void Receive(CellOutput output);

    /// <summary>Asks for a line of text; blocks until it is there.</summary>
    /// <param name="cancellation">Fires when the cell is asked to stop.</param>
    /// <returns>The line without its end; null when there is no more.</returns>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> fired.</exception>
    string? ReadLine(CancellationToken cancellation);
}

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
