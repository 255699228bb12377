using System.Diagnostics;
using System.Globalization;
using SingleShot.Cli.Models;
using SingleShot.Data;
using SingleShot.Data.Coco;
using SingleShot.Data.Folders;
using SingleShot.Distributed.Communication;
using SingleShot.Distributed.Detection;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Runtime.Files;

namespace SingleShot.Cli.Evaluation;

/// <summary>A data set to score on. A set in COCO's format is scored as pycocotools does, by its annotations as they are written.</summary>
/// <param name="root">The data set's folder.</param>
/// <param name="split">The split.</param>
internal sealed class EvaluatedSet(string root, string split)
{
    private const int ClassesShown = 100;

    /// <summary>Scores a file of detections.</summary>
    /// <param name="detections">A file of COCO's results format.</param>
    /// <param name="report">Hears the scores.</param>
    /// <exception cref="UsageException">The data set has no ids that such a file could name.</exception>
    public int Score(string detections, Report report)
    {
        var annotations = CocoAnnotations.Read(CocoFile("--detections"));
        var results = CocoResults.Read(detections, annotations);
        foreach (var problem in results.Problems)
        {
            report.Problem(problem);
        }
        report.Line($"{results.Items.Count} detections of {detections}, on {annotations.Images.Count} images of {annotations.Name}");
        Tell(CocoEvaluation.Evaluate(annotations, results), report);
        return ExitCodes.Done;
    }

    /// <summary>Scores a model.</summary>
    /// <param name="choice">The model.</param>
    /// <param name="batch">Pictures that go through the network together.</param>
    /// <param name="written">Where the detections are written to; nowhere when null.</param>
    /// <param name="processes">The processes, which share the pictures; rank 0 scores.</param>
    /// <param name="report">Hears the scores.</param>
    /// <param name="stop">Stops it.</param>
    public int Score(ModelChoice choice, int batch, string? written, ICommunicator processes, Report report, CancellationToken stop)
    {
        DataSet data = null!;
        string? coco = null;
        var (prepared, exit) = Preparation.InAll(processes, report, () =>
        {
            coco = written is null ? DataSetFolder.CocoFile(root, split) : CocoFile("--results");
            data = DataSetFolder.Read(root, split);
            return OpenedDetector.Open(choice, own => own);
        });
        if (prepared is null)
        {
            return exit;
        }
        using var opened = prepared;
        Agreement.Check(processes, ("model", opened.Identity));
        report.Line($"{Path.GetFileName(opened.Path)} on {opened.Engine}, {data}");
        var clock = Stopwatch.StartNew();
        var run = SharedDetection.Over(processes, opened.Detector, data, batch, stop);
        report.Line(string.Create(
            CultureInfo.InvariantCulture, $"detected in {clock.Elapsed.TotalSeconds:0} s, {run.Images.Count / clock.Elapsed.TotalSeconds:0.0} images/s"));
        return processes.FromRankZero(() => Score(run, data, coco, written, report));
    }

    private static int Score(DetectorRun run, DataSet data, string? coco, string? written, Report report)
    {
        if (coco is null)
        {
            Tell(CocoEvaluation.Evaluate(data.ClassNames, run.Images), report);
        }
        else
        {
            var annotations = CocoAnnotations.Read(coco);
            var results = CocoEvaluation.ToResults(run.Images, annotations);
            if (written is not null)
            {
                AtomicFile.MakeFolder(written);
                results.Write(written);
                report.Line($"The detections are in {written}");
            }
            Tell(CocoEvaluation.Evaluate(annotations, results), report);
        }
        return run.Problems.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void Tell(CocoScores scores, Report report)
    {
        report.Line(scores.ToString());
        var classes = scores.ClassNames.Zip(scores.ClassAP).ToList();
        report.Table(["class", ">AP"], classes.Take(ClassesShown).Select(one => new[]
        {
            one.First, double.IsNaN(one.Second) ? "-" : one.Second.ToString("0.000", CultureInfo.InvariantCulture),
        }));
        report.Event("scores", new
        {
            ap = Report.Number(scores.AP),
            ap50 = Report.Number(scores.AP50),
            ap75 = Report.Number(scores.AP75),
            apSmall = Report.Number(scores.APSmall),
            apMedium = Report.Number(scores.APMedium),
            apLarge = Report.Number(scores.APLarge),
            ar1 = Report.Number(scores.AR1),
            ar10 = Report.Number(scores.AR10),
            ar100 = Report.Number(scores.AR100),
            arSmall = Report.Number(scores.ARSmall),
            arMedium = Report.Number(scores.ARMedium),
            arLarge = Report.Number(scores.ARLarge),
            classes = classes.Select(one => new { name = one.First, ap = Report.Number(one.Second) }),
        });
    }

    private string CocoFile(string option) => DataSetFolder.CocoFile(root, split) ?? throw new UsageException(
        $"{option} needs ids of images and classes, and {root} has no split '{split}' in COCO's format: leave the option out, or name another data set.");
}
