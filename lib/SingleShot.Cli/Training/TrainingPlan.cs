using SingleShot.Models;
using SingleShot.Runtime;
using SingleShot.Training;

namespace SingleShot.Cli.Training;

/// <summary>A settings file: everything that a training depends on. The defaults, and the words, are those of lesson 5.</summary>
internal sealed record TrainingPlan
{
    /// <summary>The data set's folder.</summary>
    public required string Root { get; init => field = Named(value, "root"); }

    /// <summary>The split to train on.</summary>
    public string TrainSplit { get; init => field = Named(value, "trainSplit"); } = "train";

    /// <summary>The split that is evaluated after each epoch, and by which the best checkpoint is chosen.</summary>
    public string ValidationSplit { get; init => field = Named(value, "validationSplit"); } = "val";

    /// <summary>The folder of the run: checkpoints, this file, a line for each epoch.</summary>
    public required string Output { get; init => field = Named(value, "output"); }

    /// <summary>96, 192 or 384: the small SSD; 300 or 512: the paper's; 320: SSDLite.</summary>
    public int InputSize
    {
        get;
        init => field = value is 96 or 192 or 384 or 300 or 512 or 320
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"inputSize is {value}; it has to be 96, 192 or 384 (the small SSD), 300 or 512 (the paper's), or 320 (SSDLite).");
    } = 96;

    /// <summary>How training pictures are changed.</summary>
    public AugmentationKind Augmentation { get; init; } = AugmentationKind.Light;

    /// <summary>A file of VGG16's weights to start from, for 300 and 512; empty for random ones.</summary>
    public string Backbone { get; init; } = "";

    /// <summary>A file of a whole SSD's weights to start from, of which what fits is taken; empty for random ones.</summary>
    public string Pretrained { get; init; } = "";

    /// <summary>Passes over the data, at least 1.</summary>
    public int Epochs { get; init => field = Checked.AtLeast(value, 1); } = 18;

    /// <summary>Images in a batch, at least 1; in the whole batch, where several processes share it.</summary>
    public int BatchSize { get; init => field = Checked.AtLeast(value, 1); } = 16;

    /// <summary>Batches whose gradients a step adds up, at least 1.</summary>
    public int BatchesPerStep { get; init => field = Checked.AtLeast(value, 1); } = 1;

    /// <summary>The full learning rate, 0 or more.</summary>
    public double LearningRate { get; init => field = Checked.AtLeast(value, 0); } = 0.08;

    /// <summary>Images in a step for which the learning rate was found, at least 1: it grows with those of this training's steps. Null to take it as it is.</summary>
    public int? TunedBatchSize { get; init => field = value is { } images ? Checked.AtLeast(images, 1, "tunedBatchSize") : null; }

    /// <summary>How the rate comes down.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Milestones;

    /// <summary>Steps of growth at the beginning; null for a tenth of all steps, and 100 at most.</summary>
    public int? WarmUp { get; init => field = value is { } steps ? Checked.AtLeast(steps, 0, "warmUp") : null; }

    /// <summary>Shares of all steps after which the rate is multiplied by the factor, each 0 to 1.</summary>
    public IReadOnlyList<decimal> Milestones { get; init => field = Checked.Each(value, (share, name) => Checked.Between(share, 0, 1, name), name: "milestones"); } = [0.7m, 0.9m];

    /// <summary>What the rate is multiplied by at a milestone, 0 to 1.</summary>
    public double Factor { get; init => field = Checked.Between(value, 0, 1); } = 0.2;

    /// <summary>Momentum, 0 to 1.</summary>
    public double Momentum { get; init => field = Checked.Between(value, 0, 1); } = 0.9;

    /// <summary>Weight decay, 0 or more.</summary>
    public double WeightDecay { get; init => field = Checked.AtLeast(value, 0); } = 5e-4;

    /// <summary>Largest norm of all gradients together, above 0; null for no limit.</summary>
    public double? GradientLimit { get; init => field = value is { } limit ? Checked.Positive(limit, "gradientLimit") : null; } = 10;

    /// <summary>What the running average of the weights keeps of itself at each step, 0 to 1; null for no average.</summary>
    public double? AverageDecay { get; init => field = value is { } decay ? Checked.Between(decay, 0, 1, "averageDecay") : null; }

    /// <summary>What all that is random follows from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>cpu, cuda, cuda:N or best.</summary>
    public string Device { get; init => field = Named(value, "device"); } = "best";

    /// <summary>How many batches are prepared at the same time, at least 1.</summary>
    public int Workers { get; init => field = Checked.AtLeast(value, 1); } = 2;

    /// <summary>Steps after which a checkpoint is saved within an epoch, at least 1; one is saved after each epoch in any case.</summary>
    public int SaveEvery { get; init => field = Checked.AtLeast(value, 1); } = 1000;

    /// <summary>The model for a data set's classes.</summary>
    public SsdSpecification Specification(IReadOnlyList<string> classNames) => InputSize switch
    {
        300 => Specifications.Ssd300(classNames),
        512 => Specifications.Ssd512(classNames),
        320 => Specifications.SsdLite320(classNames),
        _ => Specifications.Small(classNames, InputSize),
    };

    /// <summary>The trainer's settings.</summary>
    /// <param name="stepsPerEpoch">Steps in an epoch.</param>
    public TrainingSettings ToSettings(int stepsPerEpoch)
    {
        var steps = Epochs * stepsPerEpoch;
        var warmUp = WarmUp ?? Math.Min(100, steps / 10);
        var settings = new TrainingSettings
        {
            Steps = steps,
            LearningRate = LearningRate,
            Schedule = Schedule == ScheduleKind.Cosine
                ? LearningRateSchedule.Cosine(steps, warmUp)
                : new LearningRateSchedule(warmUp, [.. Milestones.Select(share => (int)(steps * share))], Factor),
            Momentum = Momentum,
            WeightDecay = WeightDecay,
            GradientLimit = GradientLimit,
            BatchesPerStep = BatchesPerStep,
            AverageDecay = AverageDecay,
        };
        return TunedBatchSize is { } tuned ? settings.ForBatchOf(BatchSize * BatchesPerStep, tuned, warmUp) : settings;
    }

    private static string Named(string value, string key) => string.IsNullOrWhiteSpace(value) ? throw new ArgumentException($"{key} is empty.") : value;
}

/// <summary>How training pictures are changed.</summary>
internal enum AugmentationKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A little of each kind.</summary>
    Light,

    /// <summary>As in the paper.</summary>
    Paper,
}

/// <summary>How a learning rate comes down.</summary>
internal enum ScheduleKind
{
    /// <summary>By a factor at each milestone.</summary>
    Milestones,

    /// <summary>To 0 along half a cosine.</summary>
    Cosine,
}
