using System.CommandLine;
using System.Globalization;
using SingleShot.Cli.Training;
using SingleShot.Training;

namespace SingleShot.Cli.Commands;

/// <summary>The command <c>train</c>: trains by a settings file.</summary>
internal static class TrainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var settings = new Argument<string>("settings") { Description = "A settings file, YAML or JSON, that names everything; all but 'root' may be left out." };
        var resume = new Option<bool>("--resume") { Description = "Goes on with the run that the settings name as output, as if it had never stopped." };
        var command = new Command("train", "Trains a detector, evaluates it after each epoch, and keeps the last and the best checkpoint.") { settings, resume };
        return host.Run(command, (parsed, report, stop) => TrainAsync(parsed.GetValue(settings)!, parsed.GetValue(resume), report, stop));
    }

    private static async Task<int> TrainAsync(string path, bool resume, Report report, CancellationToken stop)
    {
        var plan = PlanFile.Read(path);
        var folder = new RunFolder(plan.Output);
        if (resume)
        {
            folder.Continue(plan);
        }
        else
        {
            folder.RequireNone();
        }
        report.Line(PlanFile.Write(plan).TrimEnd());
        report.Event("settings", plan);
        using var setup = TrainingSetup.Of(plan, report, fresh: !File.Exists(folder.Last));
        if (!resume)
        {
            folder.Begin(plan);
        }
        var run = new TrainingRun(plan, setup, folder, new TrainingReport(report, plan.Epochs, setup.Trainer.Settings.Steps));
        if (resume)
        {
            run.Resume();
        }
        var end = await run.RunAsync(stop).ConfigureAwait(false);
        var best = run.BestScore is { } score
            ? string.Create(CultureInfo.InvariantCulture, $"{folder.Best} (AP {score.AP:0.000} after epoch {score.Epoch})")
            : "none yet";
        report.Line($"{end} after {setup.Trainer.StepsTaken} of {setup.Trainer.Settings.Steps} steps. Last checkpoint: {folder.Last}. Best: {best}.");
        report.Event("done", new { End = end, Step = setup.Trainer.StepsTaken, folder.Last, folder.Best, run.BestScore?.AP, ap50 = run.BestScore?.AP50 });
        if (end == TrainingEnd.Stopped)
        {
            report.Problem($"Stopped. To go on as if it had not been: singleshot train {(path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path)} --resume");
            return ExitCodes.Stopped;
        }
        return ExitCodes.Done;
    }
}
