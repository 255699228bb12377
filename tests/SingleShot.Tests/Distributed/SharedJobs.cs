using AwesomeAssertions;
using SingleShot.Ranks;

namespace SingleShot.Tests.Distributed;

/// <summary>
/// The jobs that tests compare over several numbers of processes. All jobs of a number are done by one start of that many processes, when the first test asks:
/// a process takes longer to start than a job takes.
/// </summary>
internal sealed class SharedJobs(JobFolder folder)
{
    private readonly Dictionary<int, Task<IReadOnlyDictionary<string, Job>>> _done = [];

    /// <summary>Fifty steps in float64.</summary>
    public const string InFloat64 = "float64";

    /// <summary>
    /// Ten steps in float32, at several learning rates, with all negatives. Sums in another order differ in the last digit. Where a unit is that near to 0, or
    /// two negatives are that nearly as hard, the digit decides, and from there on two trainings go apart. Which of these trainings that happens to depends on the
    /// processor: on a Xeon of 2023 it was every one of fifty steps, in two processes.
    /// </summary>
    public static IReadOnlyDictionary<string, double> InFloat32 { get; } = new[] { 0.01, 0.003, 0.001 }.ToDictionary(rate => $"float32, rate {rate}");

    /// <summary>Five steps of two batches each.</summary>
    public const string TwoBatches = "two batches a step";

    /// <summary>Three steps of a network whose gradients are sent while others are computed.</summary>
    public const string SentEarly = "sent early";

    /// <summary>The images of two epochs, in order.</summary>
    public const string Order = "order";

    /// <summary>What is detected in the data set and in its files.</summary>
    public const string Detections = "detections";

    /// <summary>Of fifty steps in float64 the first twenty, in two processes, and the next twenty, in four.</summary>
    public const string Part = "part";

    /// <summary>A job that is done.</summary>
    /// <param name="processes">In how many processes: 1, 2 or 4.</param>
    /// <param name="name">Which.</param>
    public async Task<Job> DoneAsync(int processes, string name)
    {
        if (!_done.TryGetValue(processes, out var done))
        {
            _done[processes] = done = RunAsync(processes);
        }
        return (await done)[name];
    }

    private async Task<IReadOnlyDictionary<string, Job>> RunAsync(int processes)
    {
        var whole = new Dictionary<string, Job>
        {
            [InFloat64] = folder.Next() with { DoublePrecision = true },
            [TwoBatches] = folder.Next() with { DoublePrecision = true, BatchesPerStep = 2, Steps = 5 },
            [SentEarly] = folder.Next() with { DoublePrecision = true, Vgg16 = true, BatchesPerStep = 2, Steps = 3 },
            [Order] = folder.Next() with { Work = Work.Order },
            [Detections] = folder.Next() with { Work = Work.Detect },
        };
        foreach (var (name, rate) in InFloat32)
        {
            whole[name] = folder.Next() with { LearningRate = rate, NegativesPerMatch = 84, Steps = 10 };
        }
        if (processes == 2)
        {
            whole[Part] = folder.Next() with { DoublePrecision = true, Steps = 20 };
        }
        else if (processes == 4)
        {
            whole[Part] = folder.Next() with { DoublePrecision = true, Steps = 40, Resume = (await DoneAsync(2, Part)).Save };
        }
        var (exit, text) = await RanksProgram.RunAsync(processes, whole.Values);
        exit.Should().Be(0, text);
        return whole;
    }
}
