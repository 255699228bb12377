using System.Diagnostics;
using System.Globalization;
using SingleShot.Cli.Models;
using SingleShot.Drawing;
using SingleShot.Images;

namespace SingleShot.Cli.Detecting;

/// <summary>Detects in many pictures, and keeps what is done at each moment.</summary>
/// <remarks>Which pictures go through the network together follows from the list alone, so that a run that was interrupted finds the same to the last bit.</remarks>
internal sealed class DetectionRun(DetectionPlan plan, DrawnPlaces places, OpenedDetector opened, DetectionJournal journal, Report report)
{
    private const int NamesInFull = 20;

    private readonly List<string> _unreadable = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly int _before = plan.Pictures.Count(journal.Done.ContainsKey);
    private int _detected;

    /// <summary>Runs to the end, or until it is stopped or the disk is full.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (_before > 0)
        {
            report.Line($"{_before} of {plan.Pictures.Count} pictures were done before.");
        }
        IOException? full = null;
        try
        {
            await DetectAsync(stop).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            full = e;
        }
        return Finish(full, stop.IsCancellationRequested);
    }

    private async Task DetectAsync(CancellationToken stop)
    {
        var batches = plan.Pictures.Chunk(plan.Batch).Where(batch => !batch.All(journal.Done.ContainsKey)).ToList();
        var reading = batches.Count > 0 ? ReadAsync(batches[0]) : null;
        for (var i = 0; i < batches.Count && !stop.IsCancellationRequested; i++)
        {
            var read = await reading!.ConfigureAwait(false);
            reading = i + 1 < batches.Count ? ReadAsync(batches[i + 1]) : null; // while the network works on these
            foreach (var (picture, problem) in read.Where(item => item.Problem is not null).Select(item => (item.Picture, item.Problem!)))
            {
                _unreadable.Add(picture);
                report.Problem(problem);
            }
            Detect([.. read.Where(item => item.Image is not null).Select(item => (item.Picture, item.Image!))]);
            Tell();
        }
    }

    private static Task<(string Picture, RgbImage? Image, string? Problem)[]> ReadAsync(string[] pictures) => Task.Run(() => pictures.AsParallel().AsOrdered().Select(picture =>
    {
        try
        {
            return (picture, ImageFile.Read(picture), (string?)null);
        }
        catch (ImageFileException e)
        {
            return (picture, (RgbImage?)null, e.Message);
        }
    }).ToArray());

    private void Detect(List<(string Picture, RgbImage Image)> batch)
    {
        var found = opened.Detector.Detect([.. batch.Select(item => item.Image)]);
        var done = new List<FoundPicture>();
        foreach (var ((picture, image), objects) in batch.Zip(found).Where(pair => !journal.Done.ContainsKey(pair.First.Picture)))
        {
            if (plan.Draws)
            {
                var place = places[picture];
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                ImageFile.Write(place, DrawnDetections.On(image, objects));
            }
            done.Add(FoundPicture.Of(picture, image.Width, image.Height, objects));
        }
        journal.Add(done); // after the drawn pictures: what is noted as done is there
        _detected += done.Count;
        foreach (var one in done)
        {
            report.Event("picture", one);
        }
    }

    private void Tell()
    {
        var left = plan.Pictures.Count - _before - _detected - _unreadable.Count;
        report.Status(string.Create(
            CultureInfo.InvariantCulture, $"{plan.Pictures.Count - left} of {plan.Pictures.Count} pictures, {Rate:0.0} images/s, {Durations.Text(left / Rate)} left"));
    }

    private double Rate => _detected / Math.Max(_clock.Elapsed.TotalSeconds, 1e-3);

    private int Finish(IOException? full, bool stopped)
    {
        var notDone = plan.Pictures.Where(picture => !journal.Done.ContainsKey(picture)).ToList();
        if (full is not null)
        {
            report.Problem(full.Message);
        }
        var results = WriteResults();
        if (notDone.Count == 0 || journal.Done.Count == 0)
        {
            if (results is not null)
            {
                journal.Delete();
            }
        }
        Show(results, notDone);
        return stopped ? ExitCodes.Stopped : notDone.Count > 0 || results is null ? ExitCodes.Failed : ExitCodes.Done;
    }

    /// <summary>Writes the results of what is done.</summary>
    /// <returns>Path of the file; null where it cannot be written.</returns>
    private string? WriteResults()
    {
        try
        {
            return ResultFiles.Write(plan.Folder, plan.Format, plan.Pictures, journal.Done, opened.Detector.ClassNames);
        }
        catch (IOException e)
        {
            report.Problem(e.Message);
            return null;
        }
    }

    private void Show(string? results, List<string> notDone)
    {
        var found = plan.Pictures.Where(journal.Done.ContainsKey).Select(picture => journal.Done[picture]).ToList();
        ShowFound(found);
        report.Line(string.Create(
            CultureInfo.InvariantCulture, $"{found.Count} of {plan.Pictures.Count} pictures, {found.Sum(picture => picture.Detections.Count)} objects, {Rate:0.0} images/s"));
        if (results is not null)
        {
            report.Line($"The results are in {results}{(plan.Draws && found.Count > 0 ? $", the pictures with boxes in {plan.Folder}" : "")}");
        }
        if (notDone.Count > 0)
        {
            var more = notDone.Count > NamesInFull ? $" and {notDone.Count - NamesInFull} more, up to {notDone[^1]}" : "";
            report.Problem($"Not done: {string.Join(", ", notDone.Take(NamesInFull))}{more}. What was done is kept in {plan.Folder}; the same command goes on with the rest.");
        }
        report.Event("done", new { Pictures = plan.Pictures.Count, Done = found.Count, NotDone = notDone, Results = results, ImagesPerSecond = Report.Number(Rate) });
    }

    private void ShowFound(List<FoundPicture> found)
    {
        if (found.Count is > 0 and <= 3)
        {
            string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);
            report.Table(["picture", "class", ">score", ">left", ">top", ">right", ">bottom"], found.SelectMany(picture => picture.Detections.Select(one => new[]
            {
                Path.GetFileName(picture.Picture), one.Class, one.Score.ToString("0.00", CultureInfo.InvariantCulture),
                Number(one.Box[0]), Number(one.Box[1]), Number(one.Box[2]), Number(one.Box[3]),
            })));
        }
        else if (found.Count > 0)
        {
            report.Table(["class", ">objects", ">pictures"], found.SelectMany(picture => picture.Detections.Select(one => (one.Class, picture.Picture)))
                .GroupBy(item => item.Class).OrderByDescending(group => group.Count()).Select(group => new[]
                {
                    group.Key,
                    group.Count().ToString(CultureInfo.InvariantCulture),
                    group.Select(item => item.Picture).Distinct().Count().ToString(CultureInfo.InvariantCulture),
                }));
        }
    }
}
