using SingleShot.Runtime;

namespace SingleShot.Training;

/// <summary>How to train; all of it is kept in checkpoints. The defaults are the paper's for SSD300 (section 3).</summary>
public sealed record TrainingSettings
{
    /// <summary>Batches to train on in all, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No step at all.</exception>
    public required int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(value), $"{value} steps are asked for. A training takes at least one: epochs times the batches of an epoch.");
    }

    /// <summary>Learning rate of stochastic gradient descent, before the schedule lowers it; 0 or more.</summary>
    public double LearningRate { get; init => field = Checked.AtLeast(value, 0); } = 1e-3;

    /// <summary>Momentum, 0 to 1.</summary>
    public double Momentum { get; init => field = Checked.Between(value, 0, 1); } = 0.9;

    /// <summary>Weight decay, 0 or more.</summary>
    public double WeightDecay { get; init => field = Checked.AtLeast(value, 0); } = 5e-4;

    /// <summary>How the learning rate moves.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>
    /// Largest norm of all gradients together, above 0; larger ones are scaled down to it. Null for no limit. Fresh weights without a
    /// trained base are safer with one.
    /// </summary>
    public double? GradientLimit { get; init => field = value is { } limit ? Checked.Positive(limit, nameof(GradientLimit)) : null; }

    /// <summary>
    /// Batches whose gradients a step adds up, at least 1: a step of k equals one of a batch k times as large, in the memory of one. Batch
    /// normalization alone tells the two apart, because it sees one batch at a time.
    /// </summary>
    public int BatchesPerStep { get; init => field = Checked.AtLeast(value, 1); } = 1;

    /// <summary>In which numbers the network's convolutions compute in a step. bfloat16 needs half the memory, and is faster where the processor has it.</summary>
    public Precision Precision { get; init; }

    /// <summary>
    /// Whether the backward pass computes the trunk's activations again, part by part, in place of keeping them from the forward pass (Chen et al. 2016,
    /// arXiv 1604.06174). The gradients are the same, and a step takes longer. It pays where a trunk is deep and its maps are small: SSDLite320 needs half of the
    /// memory. In SSD300 the first two convolutions need most of it, and one part holds them: nothing is saved. Several processes cannot do it with a network
    /// that has batch normalization.
    /// </summary>
    public bool RecomputeActivations { get; init; }

    /// <summary>
    /// What the running average of the weights keeps of itself at each step, 0 to 1, such as 0.9998; null for no average. See
    /// <see cref="WeightAverage"/>.
    /// </summary>
    public double? AverageDecay { get; init => field = value is { } decay ? Checked.Between(decay, 0, 1, nameof(AverageDecay)) : null; }

    /// <summary>
    /// The same for batches of another size: the learning rate grows with the batch, and begins with a warm-up (Goyal et al. 2017,
    /// arXiv 1706.02677, sections 2.1 and 2.2).
    /// </summary>
    /// <param name="batch">Images in a step: those of a batch, times the batches of a step.</param>
    /// <param name="tuned">The images in a step for which the learning rate was found; the paper of SSD has 32.</param>
    /// <param name="warmUp">Steps of growth.</param>
    public TrainingSettings ForBatchOf(int batch, int tuned = 32, int warmUp = 500) => this with
    {
        LearningRate = LearningRate * Checked.AtLeast(batch, 1) / Checked.AtLeast(tuned, 1),
        Schedule = Schedule with { WarmUp = warmUp },
    };
}
