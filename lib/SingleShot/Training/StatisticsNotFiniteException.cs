using System.Globalization;

namespace SingleShot.Training;

/// <summary>
/// Training stopped because a running mean or variance is not finite after a batch, though the loss is: such a network trains on and
/// detects nothing. Parameters and buffers are those of the step before.
/// </summary>
/// <param name="step">The step and its loss.</param>
/// <param name="buffers">The buffers that the batch spoiled.</param>
/// <param name="before">Those that were not finite before the step already.</param>
public sealed class StatisticsNotFiniteException(TrainingStep step, IReadOnlyList<string> buffers, IReadOnlyList<string> before)
    : Exception(Message(step, buffers, before))
{
    private const int MaxListed = 6;

    /// <summary>The step at which it happened.</summary>
    public TrainingStep Step { get; } = step;

    /// <summary>The buffers that were not finite after the batch, by their names, such as <c>backbone.features.1.running_var</c>.</summary>
    public IReadOnlyList<string> Buffers { get; } = buffers;

    private new static string Message(TrainingStep step, IReadOnlyList<string> buffers, IReadOnlyList<string> before)
    {
        var names = string.Join(", ", buffers.Take(MaxListed)) + (buffers.Count > MaxListed ? $" and {buffers.Count - MaxListed} more" : "");
        var first = buffers[0][..Math.Max(0, buffers[0].LastIndexOf('.'))];
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"The running statistics are not finite at step {step.Step} (epoch {step.Epoch}, learning rate {step.LearningRate:G4}), though the "
            + $"loss is ({step.Total:G4}): {names}. ");
        return what + (before.Count > 0
            ? "They were so before the step: load the weights again, or go on from the last good checkpoint."
            : $"What goes into {first} is too large for its variance. Lower the learning rate, warm up longer, or set a gradient limit; "
                + "parameters and statistics are those of the step before.");
    }
}
