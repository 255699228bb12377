namespace Workbook.Execution;

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
