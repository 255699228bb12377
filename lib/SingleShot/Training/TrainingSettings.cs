namespace SingleShot.Training;

/// <summary>How to train; all of it is kept in checkpoints. The defaults are the paper's for SSD300 (section 3).</summary>
public sealed record TrainingSettings
{
    /// <summary>Batches to train on in all.</summary>
    public required int Steps { get; init; }

    /// <summary>Learning rate of stochastic gradient descent, before the schedule lowers it.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Momentum, 0 to 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Weight decay.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>How the learning rate moves.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Largest norm of all gradients together; larger ones are scaled down to it. Null for no limit. Fresh weights without a trained base are safer with one.</summary>
    public double? GradientLimit { get; init; }
}

/// <summary>How the learning rate moves: up from nothing at first, then down by a factor at each milestone.</summary>
/// <param name="WarmUp">Steps over which the rate grows evenly to its full value; 0 for none.</param>
/// <param name="Milestones">Steps from which the rate is lower, rising.</param>
/// <param name="Factor">What the rate is multiplied by at each milestone.</param>
public sealed record LearningRateSchedule(int WarmUp, IReadOnlyList<int> Milestones, double Factor = 0.1)
{
    /// <summary>Full rate throughout.</summary>
    public static LearningRateSchedule Constant { get; } = new(0, []);

    /// <summary>The share of the full rate at a step.</summary>
    /// <param name="step">Steps taken before it, from 0.</param>
    /// <returns>Above 0, at most 1.</returns>
    public double At(int step)
    {
        var warmth = step < WarmUp ? (step + 1.0) / WarmUp : 1;
        return warmth * Math.Pow(Factor, Milestones.Count(milestone => step >= milestone));
    }
}
