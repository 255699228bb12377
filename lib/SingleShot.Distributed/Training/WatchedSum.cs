using SingleShot.Distributed.Communication;
using SingleShot.Networks;
using static TorchSharp.torch;

namespace SingleShot.Distributed.Training;

/// <summary>A sum that knows where NaN came from: it would be in all processes at once, and each would blame itself.</summary>
/// <param name="communicator">The processes.</param>
/// <param name="sum">Adds up.</param>
internal sealed class WatchedSum(ICommunicator communicator, ITensorSum sum) : ITensorSum
{
    /// <inheritdoc/>
    public int Processes => sum.Processes;

    /// <inheritdoc/>
    /// <exception cref="RankFailedException">A process has brought NaN or infinity.</exception>
    public void Sum(Tensor tensor)
    {
        var mine = IsFinite(tensor);
        sum.Sum(tensor);
        if (IsFinite(tensor))
        {
            return;
        }
        var finite = communicator.Gather([mine ? (byte)1 : (byte)0]); // all have the same sum, so all come here
        int[] ranks = [.. Enumerable.Range(0, finite.Count).Where(rank => finite[rank][0] == 0)];
        throw ranks.Length == 0
            ? new RankFailedException([.. Enumerable.Range(0, finite.Count)], "The statistics of the whole batch are too large for their type of number. Lower the learning rate, or warm up longer.")
            : new RankFailedException(
                ranks,
                $"What {(ranks.Length == 1 ? "rank" : "ranks")} {string.Join(", ", ranks)} adds to the statistics of the batch is NaN or infinite; the step was not taken. "
                + "Look at that process's pictures with the data doctor; or lower the learning rate, warm up longer, or set a gradient limit.");
    }

    private static bool IsFinite(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.isfinite().all().cpu().data<bool>()[0];
    }
}
