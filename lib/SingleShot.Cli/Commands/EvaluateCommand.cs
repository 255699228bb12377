using System.CommandLine;
using SingleShot.Cli.Evaluation;
using SingleShot.Cli.Models;
using SingleShot.Distributed.Communication;

namespace SingleShot.Cli.Commands;

/// <summary>The command <c>evaluate</c>: scores a model, or a file of detections, on a data set.</summary>
internal static class EvaluateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var root = new Argument<string>("folder") { Description = "The data set's folder, in the layout of COCO, Pascal VOC or YOLO." };
        var split = new Option<string>("--split") { Description = "The split: val, test, val2017 and so on.", DefaultValueFactory = _ => "val" };
        var detections = new Option<string?>("--detections") { Description = "Scores this file of COCO's results format in place of a model." };
        var results = new Option<string?>("--results") { Description = "Writes the model's detections to this file, in COCO's results format." };
        var batch = ModelOptions.Batch(16);
        var model = new ModelOptions();
        var command = new Command("evaluate", "Scores a model on a data set by COCO's twelve numbers. Under mpirun or srun, several processes share the pictures.") { root, split, detections, results, batch };
        model.AddTo(command);
        return host.RunInAll(command, (parsed, report, processes, stop) =>
        {
            var set = new EvaluatedSet(parsed.GetValue(root)!, parsed.GetValue(split)!);
            var exit = parsed.GetValue(detections) is { } file
                ? processes.FromRankZero(() => set.Score(file, report))
                : set.Score(model.Read(parsed) with { Process = processes.LocalRank() }, parsed.GetValue(batch), parsed.GetValue(results), processes, report, stop);
            return Task.FromResult(exit);
        });
    }
}
