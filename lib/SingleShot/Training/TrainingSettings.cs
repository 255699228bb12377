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
}

/// <summary>How the learning rate moves: up from nothing at first, then down by a factor at each milestone.</summary>
/// <param name="WarmUp">Steps over which the rate grows evenly to its full value; 0 for none.</param>
/// <param name="Milestones">Steps from which the rate is lower, 0 or more, rising.</param>
/// <param name="Factor">What the rate is multiplied by at each milestone, 0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of its range; the message says which.</exception>
public sealed record LearningRateSchedule(int WarmUp, IReadOnlyList<int> Milestones, double Factor = 0.1)
{
    /// <summary>Steps of growth, 0 or more.</summary>
    public int WarmUp { get; init => field = Checked.AtLeast(value, 0); } = Checked.AtLeast(WarmUp, 0);

    /// <summary>Steps from which the rate is lower, each 0 or more.</summary>
    public IReadOnlyList<int> Milestones { get; init => field = Checked.Each(value, Milestone); } = Checked.Each(Milestones, Milestone);

    /// <summary>What the rate is multiplied by at each milestone, 0 to 1.</summary>
    public double Factor { get; init => field = Checked.Between(value, 0, 1); } = Checked.Between(Factor, 0, 1);

    /// <summary>Full rate throughout.</summary>
    public static LearningRateSchedule Constant { get; } = new(0, []);

    /// <summary>The share of the full rate at a step.</summary>
    /// <param name="step">Steps taken before it, from 0.</param>
    /// <returns>0 to 1; 0 only where the factor is.</returns>
    public double At(int step)
    {
        var warmth = step < WarmUp ? (step + 1.0) / WarmUp : 1;
        return warmth * Math.Pow(Factor, Milestones.Count(milestone => step >= milestone));
    }

    private static int Milestone(int value, string name) => Checked.AtLeast(value, 0, name);
}
