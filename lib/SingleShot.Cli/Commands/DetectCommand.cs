using System.CommandLine;
using SingleShot.Cli.Detecting;
using SingleShot.Cli.Models;
using SingleShot.Cli.Video;
using SingleShot.Distributed.Communication;

namespace SingleShot.Cli.Commands;

/// <summary>The command <c>detect</c>: finds objects in pictures, in a video, or in what a camera sees.</summary>
internal static class DetectCommand
{
    private const double SureEnough = 0.4; // the lessons show detections of this score and more

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var paths = new Argument<string[]>("picture")
        {
            Description = "Pictures, folders of pictures, and patterns such as 'photos/**/*.jpg'; or one video.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var camera = new CameraOptions();
        var model = new ModelOptions();
        var score = new Option<double>("--score") { Description = "Detections at or below this score are left out, 0 to 1; take 0.01 to evaluate them.", DefaultValueFactory = _ => SureEnough };
        var overlap = new Option<double?>("--overlap") { Description = "Of two boxes of a class that overlap by more than this, 0 to 1, only the one with the higher score is kept; when left out, the model's own value." };
        var folder = new Option<string>("--out", "-o") { Description = "The folder for results and pictures with boxes.", DefaultValueFactory = _ => "detections" };
        var format = new Option<ResultFormat>("--format") { Description = "json (COCO's results format) or csv." };
        format.CompletionSources.Clear();
        format.CompletionSources.Add("csv", "json");
        var draws = new Option<bool>("--no-pictures") { Description = "Writes no pictures with boxes." };
        var batch = ModelOptions.Batch(8);
        var again = new Option<bool>("--again") { Description = "Begins anew, and does not go on where an earlier run was interrupted." };
        var command = new Command("detect", "Finds objects in pictures, in a video, or in what a camera sees. An interrupted run goes on where it was. Under mpirun or srun, several processes share the pictures.")
        {
            paths, score, overlap, folder, format, draws, batch, again,
        };
        camera.AddTo(command);
        model.AddTo(command);
        return host.RunInAll(command, async (parsed, report, processes, stop) =>
        {
            var (task, exit) = Preparation.InAll(processes, report, () =>
            {
                var names = parsed.GetValue(paths)!;
                var live = camera.Read(parsed, names);
                var isBatchChosen = parsed.GetResult(batch) is { Implicit: false };
                var plan = new DetectionPlan(
                    live is null ? Named(names, processes.Size) : [RequireAlone(live.Name, "a camera", processes.Size)],
                    parsed.GetValue(folder)!, parsed.GetValue(format), !parsed.GetValue(draws), parsed.GetValue(score), parsed.GetValue(overlap),
                    live is not null && !isBatchChosen ? 1 : parsed.GetValue(batch)); // a camera's first frame would wait for the last
                live?.RequireNone(plan.Folder);
                return new DetectionTask(plan, live);
            });
            if (task is null)
            {
                return exit;
            }
            var choice = model.Read(parsed) with { Process = processes.LocalRank() };
            IVideoSource? source = task.Camera is not null ? task.Camera
                : VideoClip.IsVideo(task.Plan.Pictures[0]) ? await VideoClip.OpenAsync(task.Plan.Pictures[0], stop).ConfigureAwait(false) : null;
            return source is null ? await DetectAsync(task.Plan, choice, parsed.GetValue(again), report, processes, stop).ConfigureAwait(false)
                : await DetectInVideoAsync(source, task.Plan, choice, report, stop).ConfigureAwait(false);
        });
    }

    /// <summary>The pictures, or the video.</summary>
    private static IReadOnlyList<string> Named(string[] names, int processes) => names.FirstOrDefault(VideoClip.IsVideo) switch
    {
        null => PictureSearch.Find(names),
        var video when names.Length > 1 => throw new UsageException($"{video} is a video: name it alone."),
        var video when !File.Exists(video) => throw new UsageException($"There is no file {video}."),
        var video => [RequireAlone(video, "a video", processes)],
    };

    private static string RequireAlone(string source, string kind, int processes) => processes == 1 ? source
        : throw new UsageException($"{source} is {kind}, whose pictures follow one another: start one process for it, without mpirun or srun.");

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

    private static async Task<int> DetectInVideoAsync(IVideoSource source, DetectionPlan plan, ModelChoice choice, Report report, CancellationToken stop)
    {
        using var opened = Open(plan, choice, report);
        Directory.CreateDirectory(plan.Folder);
        return await new VideoRun(source, plan, opened, report).RunAsync(stop).ConfigureAwait(false);
    }

    private static OpenedDetector Open(DetectionPlan plan, ModelChoice choice, Report report)
    {
        var opened = OpenedDetector.Open(choice, plan.Change);
        report.Line($"{opened.Path}: {opened.Detector.ClassNames.Count} classes, on {(opened.Engine == Engine.Onnx ? "ONNX Runtime" : "libtorch")}");
        report.Event("model", new { opened.Path, opened.Engine, opened.Detector.ClassNames });
        return opened;
    }

    private sealed record DetectionTask(DetectionPlan Plan, Camera? Camera);
}
