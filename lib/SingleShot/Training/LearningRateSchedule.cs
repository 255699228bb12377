using SingleShot.Runtime;

namespace SingleShot.Training;

/// <summary>How the learning rate moves: up from nothing at first, then down, by a factor at each milestone or along a cosine.</summary>
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

    /// <summary>Step at which the rate has come down to 0 along half a cosine that begins where the warm-up ends, at least 1; null for none.</summary>
    public int? CosineEnd { get; init => field = value is { } end ? Checked.AtLeast(end, 1, nameof(CosineEnd)) : null; }

    /// <summary>Full rate throughout.</summary>
    public static LearningRateSchedule Constant { get; } = new(0, []);

    /// <summary>Down to 0 along half a cosine (Loshchilov and Hutter 2017, arXiv 1608.03983, equation 5 without restarts).</summary>
    /// <param name="steps">Steps until the rate is 0, those of the warm-up among them; at least 1.</param>
    /// <param name="warmUp">Steps of growth, before the cosine begins.</param>
    public static LearningRateSchedule Cosine(int steps, int warmUp = 0) => new(warmUp, []) { CosineEnd = steps };

    /// <summary>The share of the full rate at a step.</summary>
    /// <param name="step">Steps taken before it, from 0.</param>
    /// <returns>0 to 1; 0 only where the factor is, or from the cosine's end on.</returns>
    public double At(int step)
    {
        var warmth = step < WarmUp ? (step + 1.0) / WarmUp : 1;
        return warmth * Math.Pow(Factor, Milestones.Count(milestone => step >= milestone)) * CosineAt(step);
    }

    private static int Milestone(int value, string name) => Checked.AtLeast(value, 0, name);

    private double CosineAt(int step) => CosineEnd is { } end
        ? (1 + Math.Cos(Math.PI * Math.Clamp((step - WarmUp) / (double)Math.Max(1, end - WarmUp), 0, 1))) / 2
        : 1;
}
