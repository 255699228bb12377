using System.CommandLine;
using System.Globalization;
using SingleShot.Cli.Training;
using SingleShot.Distributed.Communication;
using SingleShot.Training;

namespace SingleShot.Cli.Commands;

/// <summary>The command <c>train</c>: trains by a settings file.</summary>
internal static class TrainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var settings = new Argument<string>("settings") { Description = "A settings file, YAML or JSON. Every key but 'root' may be left out." };
        var resume = new Option<bool>("--resume") { Description = "Goes on with the run that the settings name as output, as if it had never stopped." };
        var command = new Command("train", "Trains a detector, evaluates it after each epoch, and keeps the last and the best checkpoint. Under mpirun or srun, several processes share each batch.") { settings, resume };
        return host.RunInAll(command, (parsed, report, processes, stop) => TrainAsync(parsed.GetValue(settings)!, parsed.GetValue(resume), report, processes, stop));
    }

    private static async Task<int> TrainAsync(string path, bool resume, Report report, ICommunicator processes, CancellationToken stop)
    {
        var isFirst = processes.Rank == 0; // who alone has the folder of the run
        var (planned, exit) = Preparation.InAll(processes, report, () => Plan(path, resume, isFirst, report));
        if (planned is null)
        {
            return exit;
        }
        var plan = planned.Plan;
        using var folder = planned.Folder;
        Agreement.Check(processes, ("settings file", () => PlanFile.Write(plan with { Device = "best", Workers = 1 }))); // those two are each machine's own
        report.Line(PlanFile.Write(plan).TrimEnd());
        report.Event("settings", plan);
        if (processes.Size > 1)
        {
            report.Line($"{processes.Size} processes share each batch of {plan.BatchSize} images");
        }
        var local = processes.LocalRank();
        (var prepared, exit) = Preparation.InAll(processes, report, () => TrainingSetup.Of(plan, report, processes, local, fresh: isFirst && !File.Exists(folder.Last)));
        if (prepared is null)
        {
            return exit;
        }
        using var setup = prepared;
        using var run = new TrainingRun(plan, setup, folder, processes, report);
        if (!resume && isFirst)
        {
            folder.Begin(plan);
        }
        if (resume)
        {
            run.Resume();
        }
        var end = await run.RunAsync(stop).ConfigureAwait(false);
        var best = run.BestScore is { } score
            ? string.Create(CultureInfo.InvariantCulture, $"{folder.Best} (AP {score.AP:0.000} after epoch {score.Epoch})")
            : "none yet";
        report.Line($"{end} after {run.StepsTaken} of {setup.Settings.Steps} steps. Last checkpoint: {folder.Last}. Best: {best}.");
        report.Event("done", new { End = end, Step = run.StepsTaken, folder.Last, folder.Best, run.BestScore?.AP, ap50 = run.BestScore?.AP50 });
        if (end == TrainingEnd.Stopped)
        {
            var how = processes.Size == 1 ? "" : $"start these {processes.Size} processes again, or another number of them, with ";
            report.Problem($"Stopped. To go on as if nothing had happened: {how}singleshot train {(path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path)} --resume");
            return ExitCodes.Stopped;
        }
        return ExitCodes.Done;
    }

    private static PlannedRun Plan(string path, bool resume, bool isFirst, Report report)
    {
        var planned = new PlannedRun(PlanFile.Read(path), report);
        try
        {
            if (isFirst && resume)
            {
                planned.Folder.Continue(planned.Plan);
            }
            else if (isFirst)
            {
                planned.Folder.RequireNone();
            }
            return planned;
        }
        catch
        {
            planned.Dispose();
            throw;
        }
    }

    private sealed record PlannedRun(TrainingPlan Plan, Report Report) : IDisposable
    {
        public RunFolder Folder { get; } = new(Plan.Output, Report);

        public void Dispose() => Folder.Dispose();
    }
}
