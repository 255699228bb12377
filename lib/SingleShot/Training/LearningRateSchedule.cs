namespace SingleShot.Training;

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
