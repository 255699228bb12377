using System.CommandLine;
using SingleShot.Cli.Detecting;
using SingleShot.Cli.Models;
using SingleShot.Cli.Video;
using SingleShot.Distributed.Communication;

namespace SingleShot.Cli.Commands;

/// <summary>The command <c>detect</c>: finds objects in pictures.</summary>
internal static class DetectCommand
{
    private const double SureEnough = 0.4; // the lessons show detections of this score and more

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var paths = new Argument<string[]>("picture")
        {
            Description = "Pictures, folders of pictures, and patterns such as 'photos/**/*.jpg'; or one video.",
            Arity = ArgumentArity.OneOrMore,
        };
        var model = new ModelOptions();
        var score = new Option<double>("--score") { Description = "Detections at or below this score are left out, 0 to 1; take 0.01 to evaluate them.", DefaultValueFactory = _ => SureEnough };
        var overlap = new Option<double?>("--overlap") { Description = "Overlap above which the surer of two boxes of a class drops the other, 0 to 1; the model's own when left out." };
        var folder = new Option<string>("--out", "-o") { Description = "The folder for results and pictures with boxes.", DefaultValueFactory = _ => "detections" };
        var format = new Option<ResultFormat>("--format") { Description = "json (COCO's results format) or csv." };
        format.CompletionSources.Clear();
        format.CompletionSources.Add("csv", "json");
        var draws = new Option<bool>("--no-pictures") { Description = "Writes no pictures with boxes." };
        var batch = ModelOptions.Batch(8);
        var again = new Option<bool>("--again") { Description = "Begins anew where an earlier run was interrupted, in place of going on." };
        var command = new Command("detect", "Finds objects in pictures. A folder that was interrupted goes on where it was. Under mpirun or srun, several processes share the pictures.")
        {
            paths, score, overlap, folder, format, draws, batch, again,
        };
        model.AddTo(command);
        return host.RunInAll(command, async (parsed, report, processes, stop) =>
        {
            var (plan, exit) = Preparation.InAll(processes, report, () => new DetectionPlan(
                Named(parsed.GetValue(paths)!, processes.Size), parsed.GetValue(folder)!, parsed.GetValue(format), !parsed.GetValue(draws),
                parsed.GetValue(score), parsed.GetValue(overlap), parsed.GetValue(batch)));
            if (plan is null)
            {
                return exit;
            }
            var choice = model.Read(parsed) with { Process = processes.LocalRank() };
            return VideoClip.IsVideo(plan.Pictures[0]) ? await DetectInVideoAsync(plan, choice, report, stop).ConfigureAwait(false)
                : await DetectAsync(plan, choice, parsed.GetValue(again), report, processes, stop).ConfigureAwait(false);
        });
    }

    /// <summary>The pictures, or the video.</summary>
    private static IReadOnlyList<string> Named(string[] names, int processes) => names.FirstOrDefault(VideoClip.IsVideo) switch
    {
        null => PictureSearch.Find(names),
        var video when names.Length > 1 => throw new UsageException($"{video} is a video: name it alone."),
        var video when !File.Exists(video) => throw new UsageException($"There is no file {video}."),
        var video when processes > 1 => throw new UsageException($"{video} is a video, whose pictures follow one another: start one process for it, without mpirun or srun."),
        var video => [video],
    };

    private static async Task<int> DetectAsync(
        DetectionPlan plan, ModelChoice choice, bool again, Report report, ICommunicator processes, CancellationToken stop)
    {
        var (prepared, exit) = Preparation.InAll(processes, report, () => new DetectionRun(plan, () => Open(plan, choice, report), again, processes, report));
        if (prepared is null)
        {
            return exit;
        }
        using var run = prepared;
        return await run.RunAsync(stop).ConfigureAwait(false);
    }

    private static async Task<int> DetectInVideoAsync(DetectionPlan plan, ModelChoice choice, Report report, CancellationToken stop)
    {
        var clip = await VideoClip.OpenAsync(plan.Pictures[0], stop).ConfigureAwait(false);
        using var opened = Open(plan, choice, report);
        Directory.CreateDirectory(plan.Folder);
        return await new VideoRun(clip, plan, opened, report).RunAsync(stop).ConfigureAwait(false);
    }

    private static OpenedDetector Open(DetectionPlan plan, ModelChoice choice, Report report)
    {
        var opened = OpenedDetector.Open(choice, plan.Change);
        report.Line($"{opened.Path}: {opened.Detector.ClassNames.Count} classes, on {(opened.Engine == Engine.Onnx ? "ONNX Runtime" : "libtorch")}");
        report.Event("model", new { opened.Path, opened.Engine, opened.Detector.ClassNames });
        return opened;
    }
}
