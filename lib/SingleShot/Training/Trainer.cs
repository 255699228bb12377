using System.Diagnostics;
using System.Globalization;
using SingleShot.Data.Batches;
using SingleShot.Losses;
using SingleShot.Networks;
using SingleShot.Runtime;
using SingleShot.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Training;

/// <summary>Trains a network, step by step, so that it can be watched, stopped and continued.</summary>
/// <remarks>The order of the data, like all that is random, follows from the loader's seed, so a continued run equals one that never stopped.</remarks>
public sealed class Trainer : IDisposable
{
    private readonly MultiBoxLoss _loss;
    private readonly BatchLoader _batches;
    private readonly IGradientExchange? _exchange;
    private readonly ScalarType _elementType; // of the weights, and so of the network's input
    private readonly List<TrainingStep> _history = [];
    private TrainingSettings _settings;
    private int _running;

    /// <summary>Prepares training.</summary>
    /// <param name="network">The network; it is moved to the device and stays the caller's.</param>
    /// <param name="loss">The loss that training minimizes.</param>
    /// <param name="batches">The training data, in batches.</param>
    /// <param name="settings">Number of steps, learning rate and its schedule, momentum, weight decay, gradient limit.</param>
    /// <param name="device">The device to train on; the CPU when left out.</param>
    /// <param name="exchange">What brings the gradients of several processes together; left out where one process trains alone.</param>
    /// <exception cref="ArgumentException">
    /// A step takes more batches than an epoch has, or activations are to be computed again whose batch normalization sees several processes' pictures
    /// (<see cref="SsdNetwork.NormalizeOver"/>).
    /// </exception>
    public Trainer(
        SsdNetwork network, MultiBoxLoss loss, BatchLoader batches, TrainingSettings settings, Device? device = null, IGradientExchange? exchange = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(settings);
        (Network, _loss, _batches, _settings, Device, _exchange) = (network, loss, batches, settings, device ?? CPU, exchange);
        if (settings.BatchesPerStep > batches.BatchesPerEpoch)
        {
            throw new ArgumentException(
                $"A step takes {settings.BatchesPerStep} batches, and an epoch has {batches.BatchesPerEpoch}: make the batches smaller, or take fewer for a step.",
                nameof(settings));
        }
        if (settings.RecomputeActivations)
        {
            RecomputedPass.Require(network);
        }
        Network.to(Device);
        _elementType = Network.ElementType;
        Optimizer = new MomentumSgd(Network.parameters(), settings.Momentum, settings.WeightDecay);
        Average = settings.AverageDecay is { } decay ? new WeightAverage(Network, decay) : null;
    }

    /// <summary>The network in training.</summary>
    public SsdNetwork Network { get; }

    /// <summary>The device that the network is trained on.</summary>
    public Device Device { get; }

    /// <summary>Number of steps, learning rate and the rest. May be changed between two calls of <see cref="TrainAsync"/>, to go on with another rate or for longer.</summary>
    /// <exception cref="ArgumentException">Another momentum, weight decay, average or number of batches for a step: what is under way was begun with those.</exception>
    public TrainingSettings Settings
    {
        get => _settings;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (Begun(value) != Begun(_settings))
            {
                throw new ArgumentException(
                    $"This training was begun with {Begun(_settings)}; it cannot go on with {Begun(value)}. Make a new trainer for those.", nameof(value));
            }
            _settings = value;
        }
    }

    /// <summary>Batches that an epoch has for its steps, over those that each step takes. What is left over is left out; each epoch's order leaves out others.</summary>
    public int StepsPerEpoch => _batches.BatchesPerEpoch / Settings.BatchesPerStep;

    /// <summary>The running average of the weights, where the settings ask for one.</summary>
    public WeightAverage? Average { get; }

    /// <summary>Every step so far.</summary>
    public IReadOnlyList<TrainingStep> History => _history;

    /// <summary>Steps taken so far.</summary>
    public int StepsTaken => _history.Count;

    internal MomentumSgd Optimizer { get; }

    /// <summary>Whether the gradients of a step are sums, which are divided by the matches once all of them are there.</summary>
    private bool AddsUp => Settings.BatchesPerStep > 1 || _exchange is not null;

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
        return MainHeap.Run(() => // a thread that ends with the training, and its team with it
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
        });
    }

    /// <summary>Frees the memory of the optimizer and of the average. The network stays.</summary>
    public void Dispose()
    {
        Optimizer.Dispose();
        Average?.Dispose();
    }

    internal void Continue(IReadOnlyList<TrainingStep> history)
    {
        _history.Clear();
        _history.AddRange(history);
    }

    private static string Begun(TrainingSettings settings) => string.Create(
        CultureInfo.InvariantCulture,
        $"momentum {settings.Momentum}, weight decay {settings.WeightDecay}, {settings.BatchesPerStep} batches for a step and an average of the weights that keeps {settings.AverageDecay ?? 0} of itself");

    private TrainingEnd Train(Action<TrainingStep>? onStep, CancellationToken stop)
    {
        while (StepsTaken < Settings.Steps)
        {
            Network.train();
            var (epoch, taken) = Math.DivRem(StepsTaken, StepsPerEpoch);
            var clock = Stopwatch.StartNew();
            using var batches = _batches.Epoch(epoch, taken * Settings.BatchesPerStep).GetEnumerator();
            for (; taken < StepsPerEpoch && StepsTaken < Settings.Steps; taken++)
            {
                if (stop.IsCancellationRequested)
                {
                    return TrainingEnd.Stopped;
                }
                var step = Step(batches, epoch);
                step = step with { Seconds = clock.Elapsed.TotalSeconds };
                _history.Add(step);
                onStep?.Invoke(step);
                clock.Restart(); // what the callback draws or saves is not the step's time
            }
        }
        return TrainingEnd.Finished;
    }

    private TrainingStep Step(IEnumerator<Batch> batches, int epoch)
    {
        using var scope = NewDisposeScope();
        var rate = Settings.LearningRate * Settings.Schedule.At(StepsTaken);
        Optimizer.ZeroGradients();
        var guard = new StepGuard(Network);
        var parts = new List<TrainingStep>();
        while (parts.Count < Settings.BatchesPerStep)
        {
            var began = Stopwatch.GetTimestamp();
            batches.MoveNext(); // an epoch has as many as its steps take
            using var batch = batches.Current;
            var wait = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var next = parts.Count + 1 == Settings.BatchesPerStep ? _exchange : null;
            parts.Add(AddGradients(batch, guard, epoch, rate, next) with { DataSeconds = wait });
        }
        var step = TrainingStep.Of(parts);
        var middle = Stopwatch.GetTimestamp();
        if (_exchange is not null)
        {
            step = TrainingStep.Of(_exchange.Exchange(step, [.. Network.parameters()])).SeenBy(step);
        }
        if (AddsUp)
        {
            Optimizer.ScaleGradients(1 / step.Divisor);
        }
        if (Settings.GradientLimit is { } limit)
        {
            nn.utils.clip_grad_norm_(Network.parameters(), limit);
        }
        Optimizer.Step(rate);
        Average?.Update();
        return step with { BackwardSeconds = step.BackwardSeconds + Stopwatch.GetElapsedTime(middle).TotalSeconds };
    }

    /// <summary>Adds the gradients of a batch to those that are there: of its loss or, where it is one of several, of the sums that its loss divides by the matches.</summary>
    /// <remarks><paramref name="next"/> is what the gradients go to after this batch; null where another batch of the step comes first, or one process trains alone.</remarks>
    private TrainingStep AddGradients(Batch prepared, StepGuard guard, int epoch, double rate, IGradientExchange? next)
    {
        var began = Stopwatch.GetTimestamp();
        using var scope = NewDisposeScope();
        using var batch = prepared.To(Device);
        var (pass, terms) = guard.Run(() =>
        {
            var pass = Pass(batch.Images.to(_elementType), next);
            return (pass, _loss.Compute(pass.Predictions, batch.Targets));
        });
        var numbers = guard.Read(terms.Localization, terms.Confidence, terms.NoMatch, terms.Total);
        var step = new TrainingStep(
            StepsTaken + 1, epoch, rate, numbers[0], numbers[1], numbers[2], numbers[3],
            terms.Matches, terms.Negatives, batch.Count, 0, 0, LiveTensors.Count);
        guard.Require(step, batch.Images);
        var middle = Stopwatch.GetTimestamp(); // reading the numbers has waited for them, on a GPU too
        pass.Backward(AddsUp ? terms.Total.Times(step.Divisor) : terms.Total);
        Network.SharedStatistics?.ThrowIfFailed();
        return step with
        {
            ForwardSeconds = Stopwatch.GetElapsedTime(began, middle).TotalSeconds,
            BackwardSeconds = Stopwatch.GetElapsedTime(middle).TotalSeconds,
        };
    }

    private ITrainingPass Pass(Tensor images, IGradientExchange? next) => this switch
    {
        { Settings.RecomputeActivations: true } => new RecomputedPass(Network, images, Settings.Precision),
        // Where layers wait for the other processes, their sums and those of the gradients would come in an order that differs from process to process.
        { Network.NormalizesOverProcesses: false } when next is not null => new SplitPass(Network, images, Settings.Precision, next.Begin),
        _ => new WholePass(Network, images, Settings.Precision),
    };
}
