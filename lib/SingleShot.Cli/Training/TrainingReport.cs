using System.Diagnostics;
using System.Globalization;
using SingleShot.Training;

namespace SingleShot.Cli.Training;

/// <summary>Tells how a training goes: loss, rate, images in a second, time left, and AP after each epoch.</summary>
internal sealed class TrainingReport(Report report, int epochs, int steps)
{
    private const int Recent = 20; // steps over which the terminal's figures are means

    private readonly Stopwatch _clock = new();
    private int _begun;

    /// <summary>Notes where it begins: what is left of the time is told by what was done since.</summary>
    public void Begin(int taken, TrainingSettings settings)
    {
        _begun = taken;
        _clock.Start();
        report.Line(string.Create(CultureInfo.InvariantCulture, $"{steps} steps in {epochs} epochs; the rate grows for {settings.Schedule.WarmUp} steps, then "
            + $"{(settings.Schedule.CosineEnd is null ? $"falls at steps {string.Join(", ", settings.Schedule.Milestones)}" : "falls along a cosine")}"));
        report.Line(" epoch      loss     rate  images/s     AP   AP50        time        left");
    }

    /// <summary>Tells that an earlier run goes on.</summary>
    public void Resumed(int taken, int all)
    {
        report.Line(taken > 0 ? $"goes on after step {taken} of {all}" : "There was no checkpoint yet; it begins at the first step.");
        report.Event("resumed", new { Step = taken, Steps = all });
    }

    /// <summary>Tells of a step.</summary>
    public void Step(TrainingStep step, IReadOnlyList<TrainingStep> history)
    {
        report.Event("step", new
        {
            step.Step,
            Steps = steps,
            Epoch = step.Epoch + 1,
            Loss = Report.Number(step.Total),
            step.Localization,
            step.Confidence,
            step.NoMatch,
            Rate = step.LearningRate,
            ImagesPerSecond = Report.Number(step.Images / step.Seconds),
            SecondsLeft = Report.Number(Left(step.Step)),
        });
        if (!report.IsJson)
        {
            var recent = history.Skip(Math.Max(0, history.Count - Recent)).ToList();
            report.Status(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {step.Epoch + 1} of {epochs}, step {step.Step} of {steps}: loss {recent.Average(one => one.Total):0.000}, rate {step.LearningRate:0.0000}, "
                + $"{recent.Sum(one => one.Images) / recent.Sum(one => one.Seconds):0.0} images/s, {Durations.Text(Left(step.Step))} left"));
        }
    }

    /// <summary>Tells that an epoch's end is evaluated.</summary>
    public void Evaluating(TrainingStep step)
    {
        report.Status($"epoch {step.Epoch + 1} of {epochs}: evaluating");
        report.Event("evaluating", new { Epoch = step.Epoch + 1 });
    }

    /// <summary>Tells that a checkpoint was saved within an epoch.</summary>
    public void Saved(int step) => report.Event("saved", new { Step = step });

    /// <summary>Tells of an epoch.</summary>
    public void Epoch(EpochScore score, bool isBest)
    {
        report.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{score.Epoch,6}  {score.Loss,8:0.000} {score.LearningRate,8:0.0000} {score.ImagesPerSecond,9:0.0}  {Precision(score.AP)}  {Precision(score.AP50)} "
            + $"{Durations.Text(_clock.Elapsed.TotalSeconds),11} {Durations.Text(Left(score.Step)),11}{(isBest ? "  best" : "")}"));
        report.Event("epoch", new
        {
            score.Epoch,
            score.Step,
            score.Loss,
            Rate = score.LearningRate,
            score.ImagesPerSecond,
            score.AP,
            ap50 = score.AP50,
            Best = isBest,
            SecondsLeft = Report.Number(Left(score.Step)),
        });
    }

    private static string Precision(double? value) => value is { } number ? number.ToString("0.000", CultureInfo.InvariantCulture) : "    -";

    private double Left(int taken) => taken > _begun ? _clock.Elapsed.TotalSeconds / (taken - _begun) * (steps - taken) : 0;
}
