using System.Diagnostics;
using System.Globalization;
using SingleShot.Data.Batches;
using SingleShot.Losses;
using SingleShot.Networks;
using SingleShot.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Training;

/// <summary>Trains a network, step by step, so that it can be watched, stopped and continued.</summary>
/// <remarks>The order of the data, like all that is random, follows from the loader's seed, so a continued run equals one that never stopped.</remarks>
public sealed class Trainer : IDisposable
{
    private readonly MultiBoxLoss _loss;
    private readonly BatchLoader _batches;
    private readonly List<TrainingStep> _history = [];
    private TrainingSettings _settings;
    private int _running;

    /// <summary>Prepares training.</summary>
    /// <param name="network">The network; it is moved to the device and stays the caller's.</param>
    /// <param name="loss">The loss that training minimizes.</param>
    /// <param name="batches">The training data, in batches.</param>
    /// <param name="settings">Number of steps, learning rate and its schedule, momentum, weight decay, gradient limit.</param>
    /// <param name="device">The device to train on; the CPU when left out.</param>
    public Trainer(SsdNetwork network, MultiBoxLoss loss, BatchLoader batches, TrainingSettings settings, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(settings);
        (Network, _loss, _batches, _settings, Device) = (network, loss, batches, settings, device ?? CPU);
        Network.to(Device);
        Optimizer = new MomentumSgd(Network.parameters(), settings.Momentum, settings.WeightDecay);
    }

    /// <summary>The network in training.</summary>
    public SsdNetwork Network { get; }

    /// <summary>The device that the network is trained on.</summary>
    public Device Device { get; }

    /// <summary>Number of steps, learning rate and the rest. May be changed between two calls of <see cref="TrainAsync"/>, to go on with another rate or for longer.</summary>
    /// <exception cref="ArgumentException">Another momentum or weight decay: the optimizer's state is made of those it began with.</exception>
    public TrainingSettings Settings
    {
        get => _settings;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Momentum != _settings.Momentum || value.WeightDecay != _settings.WeightDecay)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Momentum {_settings.Momentum} and weight decay {_settings.WeightDecay} stay as they were when training began, "
                    + $"not {value.Momentum} and {value.WeightDecay}: make a new trainer for those."), nameof(value));
            }
            _settings = value;
        }
    }

    /// <summary>Every step so far.</summary>
    public IReadOnlyList<TrainingStep> History => _history;

    /// <summary>Steps taken so far.</summary>
    public int StepsTaken => _history.Count;

    internal MomentumSgd Optimizer { get; }

    /// <summary>Trains on from where it is, on a thread of its own, until the settings' steps are done or it is asked to stop.</summary>
    /// <param name="onStep">Called after each step, on the training thread; what it throws stops training.</param>
    /// <param name="stop">
    /// Asks to stop after the current step. What has been learned stays, and a further call continues. An interrupted notebook cell
    /// (<see cref="NotebookInterrupt"/>) asks the same.
    /// </param>
    /// <returns>Whether training finished or was stopped.</returns>
    /// <exception cref="LossNotFiniteException">A term of the loss is not a finite number; the step was not taken.</exception>
    /// <exception cref="StatisticsNotFiniteException">A running mean or variance is not finite after a batch; the step was not taken.</exception>
    /// <exception cref="ArgumentException">A map of 1 x 1 is to be normalized over a batch of one picture; the step was not taken.</exception>
    /// <exception cref="InvalidOperationException">A call is still running.</exception>
    public Task<TrainingEnd> TrainAsync(Action<TrainingStep>? onStep = null, CancellationToken stop = default)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            throw new InvalidOperationException("This trainer is training already: stop that run, or wait for it.");
        }
        var interrupt = NotebookInterrupt.Token; // of the cell that calls, for the next one has another
        TorchRuntime.GiveUpTeam();
        return Task.Factory.StartNew(
            () =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, interrupt);
                try
                {
                    return Train(onStep, either.Token);
                }
                finally
                {
                    Volatile.Write(ref _running, 0);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, // a thread that ends with the training, and its team with it
            TaskScheduler.Default);
    }

    /// <summary>Frees the optimizer's memory. The network stays.</summary>
    public void Dispose() => Optimizer.Dispose();

    internal void Continue(IReadOnlyList<TrainingStep> history)
    {
        _history.Clear();
        _history.AddRange(history);
    }

    private TrainingEnd Train(Action<TrainingStep>? onStep, CancellationToken stop)
    {
        while (StepsTaken < Settings.Steps)
        {
            Network.train();
            var (epoch, taken) = Math.DivRem(StepsTaken, _batches.BatchesPerEpoch);
            var clock = Stopwatch.StartNew();
            using var batches = _batches.Epoch(epoch, taken).GetEnumerator();
            while (StepsTaken < Settings.Steps)
            {
                if (stop.IsCancellationRequested)
                {
                    return TrainingEnd.Stopped;
                }
                if (!batches.MoveNext())
                {
                    break;
                }
                using var batch = batches.Current;
                var wait = clock.Elapsed.TotalSeconds;
                var step = Step(batch, epoch);
                step = step with { Seconds = clock.Elapsed.TotalSeconds, DataSeconds = wait };
                _history.Add(step);
                onStep?.Invoke(step);
                clock.Restart(); // what the callback draws or saves is not the step's time
            }
        }
        return TrainingEnd.Finished;
    }

    private TrainingStep Step(Batch prepared, int epoch)
    {
        var began = Stopwatch.GetTimestamp();
        using var scope = NewDisposeScope();
        using var batch = prepared.To(Device);
        var rate = Settings.LearningRate * Settings.Schedule.At(StepsTaken);
        Optimizer.ZeroGradients();
        var guard = new StepGuard(Network);
        var terms = guard.Run(() => _loss.Compute(Network.call(batch.Images), batch.Targets));
        var numbers = guard.Read(terms.Localization, terms.Confidence, terms.NoMatch, terms.Total);
        var step = new TrainingStep(
            StepsTaken + 1, epoch, rate, numbers[0], numbers[1], numbers[2], numbers[3],
            terms.Matches, terms.Negatives, batch.Count, 0, 0, LiveTensors.Count);
        guard.Require(step, batch.Images);
        var middle = Stopwatch.GetTimestamp(); // reading the numbers has waited for them, on a GPU too
        terms.Total.backward();
        if (Settings.GradientLimit is { } limit)
        {
            nn.utils.clip_grad_norm_(Network.parameters(), limit);
        }
        Optimizer.Step(rate);
        return step with
        {
            ForwardSeconds = Stopwatch.GetElapsedTime(began, middle).TotalSeconds,
            BackwardSeconds = Stopwatch.GetElapsedTime(middle).TotalSeconds,
        };
    }
}

/// <summary>Why a call of <see cref="Trainer.TrainAsync"/> came back.</summary>
public enum TrainingEnd
{
    /// <summary>All steps of the settings are done.</summary>
    Finished,

    /// <summary>It was asked to stop, between two steps; calling again continues.</summary>
    Stopped,
}

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
}
