using SingleShot.Detection;
using SingleShot.Distributed.Communication;
using SingleShot.Distributed.Detection;
using SingleShot.Distributed.Training;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Losses;
using SingleShot.Training;
using TorchSharp;

namespace SingleShot.Cli.Training;

/// <summary>Trains to the end or until it is stopped, evaluates after each epoch, and keeps the last and the best checkpoint.</summary>
/// <remarks>All processes call the same. Rank 0 has the folder: it writes there, and tells the others what is in it.</remarks>
internal sealed class TrainingRun : IDisposable
{
    private readonly TrainingPlan _plan;
    private readonly TrainingSetup _setup;
    private readonly RunFolder _folder;
    private readonly ICommunicator _processes;
    private readonly TrainingReport _report;
    private readonly DataParallelTrainer _shared;
    private readonly Trainer _trainer;
    private readonly List<EpochScore> _scores = [];

    /// <summary>Compares what the processes were given, and prepares the training.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="setup">What the plan comes to; it stays the caller's.</param>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="processes">The processes.</param>
    /// <param name="report">Hears how it goes.</param>
    public TrainingRun(TrainingPlan plan, TrainingSetup setup, RunFolder folder, ICommunicator processes, Report report)
    {
        (_plan, _setup, _folder, _processes) = (plan, setup, folder, processes);
        _report = new TrainingReport(report, plan.Epochs, setup.Settings.Steps);
        _shared = new DataParallelTrainer(processes, setup.Network, MultiBoxLoss.For(setup.Network.Specification), setup.Batches, setup.Settings, setup.Device);
        _trainer = _shared.Trainer;
    }

    /// <summary>Steps taken so far.</summary>
    public int StepsTaken => _trainer.StepsTaken;

    /// <summary>Goes on from the last checkpoint, where there is one.</summary>
    public void Resume()
    {
        if (_processes.FromRankZero(() => File.Exists(_folder.Last)))
        {
            _shared.Resume(_folder.Last);
            _scores.AddRange(_processes.FromRankZero(() => _folder.ReadScores(_trainer.StepsTaken)));
        }
        _report.Resumed(_trainer.StepsTaken, _trainer.Settings.Steps);
    }

    /// <summary>Trains.</summary>
    /// <returns>Whether it finished or was stopped; either way the last checkpoint is saved.</returns>
    /// <exception cref="IOException">A file cannot be written; the checkpoints of before are as they were.</exception>
    public async Task<TrainingEnd> RunAsync(CancellationToken stop)
    {
        try
        {
            if (_trainer.StepsTaken > 0 && EndsEpoch(_trainer.StepsTaken) && _scores.LastOrDefault()?.Step != _trainer.StepsTaken)
            {
                await Task.Run(() => EndEpoch(stop), CancellationToken.None).ConfigureAwait(false); // it was stopped while it evaluated
            }
            _report.Begin(_trainer.StepsTaken, _trainer.Settings);
            var end = await _shared.TrainAsync(step => AfterStep(step, stop), stop).ConfigureAwait(false);
            if (end == TrainingEnd.Stopped)
            {
                _shared.Save(_folder.Last);
            }
            return end;
        }
        catch (OperationCanceledException)
        {
            _shared.Save(_folder.Last); // the epoch's evaluation is made up for on going on
            return TrainingEnd.Stopped;
        }
    }

    /// <summary>The score of the best checkpoint; null before the first epoch's end.</summary>
    public EpochScore? BestScore => _scores.Where(score => score.AP is not null).MaxBy(score => score.AP) ?? _scores.FirstOrDefault();

    private bool EndsEpoch(int step) => step % _trainer.StepsPerEpoch == 0;

    private void AfterStep(TrainingStep step, CancellationToken stop)
    {
        _report.Step(step, _trainer.History);
        if (EndsEpoch(step.Step))
        {
            EndEpoch(stop);
        }
        else if (step.Step % _plan.SaveEvery == 0)
        {
            _shared.Save(_folder.Last);
            _report.Saved(step.Step);
        }
    }

    private void EndEpoch(CancellationToken stop)
    {
        var steps = _trainer.History.TakeLast(_trainer.StepsPerEpoch).ToList();
        _report.Evaluating(steps[^1]);
        var images = Detect(stop);
        var score = _processes.FromRankZero(() =>
        {
            var scores = CocoEvaluation.Evaluate(_setup.Validation.ClassNames, images);
            return new EpochScore(
                steps[^1].Epoch + 1, steps[^1].Step, steps.Average(step => step.Total), steps[^1].LearningRate,
                steps.Sum(step => step.Images) / steps.Sum(step => step.Seconds), Report.Number(scores.AP), Report.Number(scores.AP50));
        });
        var before = BestScore;
        _scores.Add(score);
        if (_processes.Rank == 0)
        {
            _folder.WriteScores(_scores);
        }
        var isBest = BestScore != before;
        if (isBest)
        {
            _shared.Save(_folder.Best);
        }
        _shared.Save(_folder.Last);
        _report.Epoch(score, isBest);
    }

    private IReadOnlyList<EvaluatedImage> Detect(CancellationToken stop)
    {
        using var average = _trainer.Average?.ToNetwork();
        average?.to(_trainer.Device);
        return SharedDetection.Over(_processes, new Detector(average ?? _trainer.Network, device: _trainer.Device), _setup.Validation, stop: stop).Images;
    }

    /// <summary>Frees the trainer's memory. The network stays.</summary>
    public void Dispose() => _shared.Dispose();
}
