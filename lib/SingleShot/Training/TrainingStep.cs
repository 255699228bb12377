using System.Globalization;

namespace SingleShot.Training;

/// <summary>What one training step did.</summary>
/// <param name="Step">Its number, from 1.</param>
/// <param name="Epoch">The pass over the data set that it belongs to, from 0.</param>
/// <param name="LearningRate">The learning rate that it used.</param>
/// <param name="Localization">Localization term, for each match.</param>
/// <param name="Confidence">Confidence term, for each match.</param>
/// <param name="NoMatch">No-match term, for each match.</param>
/// <param name="Total">Their sum.</param>
/// <param name="Matches">Matches in the batch.</param>
/// <param name="Negatives">Negatives mined in the batch.</param>
/// <param name="Images">Images in the batch.</param>
/// <param name="Seconds">Time that the step took, the wait for its batch included; what is done between two steps is not.</param>
/// <param name="DataSeconds">Time spent waiting for the batch.</param>
/// <param name="LiveTensors">Tensors alive on the training thread after it; a number that grows is a leak.</param>
public sealed record TrainingStep(
    int Step, int Epoch, double LearningRate, double Localization, double Confidence, double NoMatch, double Total,
    long Matches, long Negatives, int Images, double Seconds, double DataSeconds, long LiveTensors)
{
    /// <summary>Time from the batch to its loss: its way to the device, the predictions, matching and mining.</summary>
    public double ForwardSeconds { get; init; }

    /// <summary>
    /// Time from the loss to the next parameters: gradients, their limit, the step. A GPU works on after it was told; what it has not
    /// done by the end of the step is waited for, and counted, in the next step's <see cref="ForwardSeconds"/>.
    /// </summary>
    public double BackwardSeconds { get; init; }

    /// <summary>One line for a log, short enough for the width of a notebook.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"step {Step,4} epoch {Epoch,2} rate {LearningRate:0.0000} loss {Total,6:F3} = localization {Localization:F3} + confidence {Confidence:F3} "
        + $"+ no match {NoMatch:F3} {Images / Seconds,4:G3} images/s");

    /// <summary>The step that several batches make together: their terms, each weighted by its share of the matches, and their times.</summary>
    /// <param name="batches">What each of them did, at least one.</param>
    internal static TrainingStep Of(IReadOnlyList<TrainingStep> batches)
    {
        var matches = batches.Sum(batch => batch.Matches);
        double Mean(Func<TrainingStep, double> term) => batches.Sum(batch => term(batch) * (batch.Divisor / Math.Max(1.0, matches)));
        return batches[^1] with
        {
            Localization = Mean(batch => batch.Localization),
            Confidence = Mean(batch => batch.Confidence),
            NoMatch = Mean(batch => batch.NoMatch),
            Total = Mean(batch => batch.Total),
            Matches = matches,
            Negatives = batches.Sum(batch => batch.Negatives),
            Images = batches.Sum(batch => batch.Images),
            DataSeconds = batches.Sum(batch => batch.DataSeconds),
            ForwardSeconds = batches.Sum(batch => batch.ForwardSeconds),
            BackwardSeconds = batches.Sum(batch => batch.BackwardSeconds),
        };
    }

    /// <summary>A step of several processes with the times of one of them.</summary>
    internal TrainingStep SeenBy(TrainingStep part) => part with
    {
        Localization = Localization,
        Confidence = Confidence,
        NoMatch = NoMatch,
        Total = Total,
        Matches = Matches,
        Negatives = Negatives,
        Images = Images,
    };

    /// <summary>What the sums of the loss were divided by.</summary>
    internal double Divisor => Math.Max(1.0, Matches);
}
