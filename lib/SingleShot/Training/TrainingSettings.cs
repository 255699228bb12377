namespace SingleShot.Training;

/// <summary>How to train; all of it is kept in checkpoints. The defaults are the paper's for SSD300 (section 3).</summary>
public sealed record TrainingSettings
{
    /// <summary>Batches to train on in all.</summary>
    public required int Steps { get; init; }

    /// <summary>Full learning rate of stochastic gradient descent.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Momentum, 0 to 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Weight decay.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>How the learning rate moves.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Largest norm of all gradients together; null lets them be. Fresh weights without a trained base are safer with one.</summary>
    public double? GradientLimit { get; init; }
}
