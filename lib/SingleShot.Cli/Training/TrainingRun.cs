using SingleShot.Detection;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Training;
using TorchSharp;

namespace SingleShot.Cli.Training;

/// <summary>Trains to the end or until it is stopped, evaluates after each epoch, and keeps the last and the best checkpoint.</summary>
internal sealed class TrainingRun(TrainingPlan plan, TrainingSetup setup, RunFolder folder, TrainingReport report)
{
    private readonly Trainer _trainer = setup.Trainer;
    private readonly List<EpochScore> _scores = [];

    /// <summary>Goes on from the last checkpoint, where there is one.</summary>
    public void Resume()
    {
        if (File.Exists(folder.Last))
        {
            Checkpoint.Resume(folder.Last, _trainer);
            _scores.AddRange(folder.ReadScores(_trainer.StepsTaken));
        }
        report.Resumed(_trainer.StepsTaken, _trainer.Settings.Steps);
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
            report.Begin(_trainer.StepsTaken, _trainer.Settings);
            var end = await _trainer.TrainAsync(step => AfterStep(step, stop), stop).ConfigureAwait(false);
            if (end == TrainingEnd.Stopped)
            {
                Checkpoint.Save(folder.Last, _trainer);
            }
            return end;
        }
        catch (OperationCanceledException)
        {
            Checkpoint.Save(folder.Last, _trainer); // the epoch's evaluation is made up for on going on
            return TrainingEnd.Stopped;
        }
    }

    /// <summary>The score of the best checkpoint; null before the first epoch's end.</summary>
    public EpochScore? BestScore => _scores.Where(score => score.AP is not null).MaxBy(score => score.AP) ?? _scores.FirstOrDefault();

    private bool EndsEpoch(int step) => step % _trainer.StepsPerEpoch == 0;

    private void AfterStep(TrainingStep step, CancellationToken stop)
    {
        report.Step(step, _trainer.History);
        if (EndsEpoch(step.Step))
        {
            EndEpoch(stop);
        }
        else if (step.Step % plan.SaveEvery == 0)
        {
            Checkpoint.Save(folder.Last, _trainer);
            report.Saved(step.Step);
        }
    }

    private void EndEpoch(CancellationToken stop)
    {
        var steps = _trainer.History.TakeLast(_trainer.StepsPerEpoch).ToList();
        report.Evaluating(steps[^1]);
        var scores = Evaluate(stop);
        var score = new EpochScore(
            steps[^1].Epoch + 1, steps[^1].Step, steps.Average(step => step.Total), steps[^1].LearningRate,
            steps.Sum(step => step.Images) / steps.Sum(step => step.Seconds), Report.Number(scores.AP), Report.Number(scores.AP50));
        var before = BestScore;
        _scores.Add(score);
        folder.WriteScores(_scores);
        var isBest = BestScore != before;
        if (isBest)
        {
            Checkpoint.Save(folder.Best, _trainer);
        }
        Checkpoint.Save(folder.Last, _trainer);
        report.Epoch(score, isBest);
    }

    private CocoScores Evaluate(CancellationToken stop)
    {
        using var average = _trainer.Average?.ToNetwork();
        average?.to(_trainer.Device);
        var run = DetectorRun.Over(new Detector(average ?? _trainer.Network, device: _trainer.Device), setup.Validation, stop: stop);
        return CocoEvaluation.Evaluate(setup.Validation.ClassNames, run.Images);
    }
}
