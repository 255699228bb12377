using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SingleShot.Cli.Models;
using SingleShot.Distributed.Communication;
using SingleShot.Drawing;
using SingleShot.Images;

namespace SingleShot.Cli.Detecting;

/// <summary>Detects in many pictures, and keeps what is done at each moment.</summary>
/// <remarks>
/// Which pictures go through the network together follows from the list alone, so that a run that was interrupted finds the same to the last bit. Where there are
/// several processes, they take the batches in turn. Each writes its pictures with boxes, and rank 0 notes what all have found.
/// </remarks>
internal sealed class DetectionRun : IDisposable
{
    private const int NamesInFull = 20;

    private readonly DetectionPlan _plan;
    private readonly ICommunicator _processes;
    private readonly Report _report;
    private readonly DrawnPlaces _places;
    private readonly OpenedDetector _opened;
    private readonly string _model;
    private readonly DetectionJournal? _journal; // rank 0's
    private readonly List<string> _unreadable = [];
    private readonly Stopwatch _clock = new();
    private HashSet<string> _before = [];
    private int _detected;
    private bool _full;
    private bool _stopped;

    /// <summary>Prepares it, in this process.</summary>
    /// <param name="plan">What to detect in.</param>
    /// <param name="open">Loads the model.</param>
    /// <param name="again">Whether to forget what an earlier run has done.</param>
    /// <param name="processes">The processes.</param>
    /// <param name="report">Hears how it goes.</param>
    /// <exception cref="UsageException">There is no such model, a picture would be written over, or an earlier run had another model or other settings.</exception>
    public DetectionRun(DetectionPlan plan, Func<OpenedDetector> open, bool again, ICommunicator processes, Report report)
    {
        (_plan, _processes, _report) = (plan, processes, report);
        _opened = open();
        try
        {
            _places = new DrawnPlaces(plan.Pictures, plan.Folder);
            _model = _opened.Identity();
            if (processes.Rank == 0)
            {
                Directory.CreateDirectory(plan.Folder);
                if (again)
                {
                    DetectionJournal.Forget(plan.Folder);
                }
                _journal = new DetectionJournal(plan.Folder, $"{_model}, {plan.Settings}");
            }
        }
        catch
        {
            _opened.Dispose();
            throw;
        }
    }

    private DetectionJournal Journal => _journal ?? throw new UnreachableException("Rank 0 alone keeps the journal.");

    /// <summary>Runs to the end, or until it is stopped or the disk is full.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        Agreement.Check(_processes, ("list of pictures", string.Join('\n', _plan.Pictures)), ("model", _model), ("set of limits", _plan.Settings));
        _before = [.. _processes.FromRankZero(() => _plan.Pictures.Where(Journal.Done.ContainsKey).ToArray())];
        if (_before.Count > 0)
        {
            _report.Line($"{_before.Count} of {_plan.Pictures.Count} pictures were done before.");
        }
        _clock.Start();
        await DetectAsync(stop).ConfigureAwait(false);
        return _processes.FromRankZero(() => Finish(_stopped || stop.IsCancellationRequested));
    }

    /// <summary>Frees the model, and closes the journal.</summary>
    public void Dispose()
    {
        _journal?.Dispose();
        _opened.Dispose();
    }

    private async Task DetectAsync(CancellationToken stop)
    {
        var batches = _plan.Pictures.Chunk(_plan.Batch).Where(batch => !batch.All(_before.Contains)).ToList();
        var reading = ReadAsync(batches.ElementAtOrDefault(_processes.Rank));
        var goesOn = true;
        for (var first = 0; first < batches.Count && goesOn; first += _processes.Size)
        {
            var turn = Turn.None with { IsStopped = stop.IsCancellationRequested };
            if (!turn.IsStopped)
            {
                var read = await reading.ConfigureAwait(false);
                reading = ReadAsync(batches.ElementAtOrDefault(first + _processes.Size + _processes.Rank)); // while the network works on these
                turn = Detect(read);
            }
            var turns = _processes.Gather(JsonSerializer.SerializeToUtf8Bytes(turn)).Select(bytes => JsonSerializer.Deserialize<Turn>(bytes)!).ToArray();
            goesOn = _processes.FromRankZero(() => Note(turns));
        }
    }

    private static Task<(string Picture, RgbImage? Image, string? Problem)[]> ReadAsync(string[]? pictures) => Task.Run(() => (pictures ?? []).AsParallel().AsOrdered().Select(picture =>
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

    /// <summary>Detects in this process's pictures of a turn, and draws them.</summary>
    private Turn Detect((string Picture, RgbImage? Image, string? Problem)[] read)
    {
        var turn = Turn.None with { Unreadable = [.. read.Where(item => item.Problem is not null).Select(item => new Unreadable(item.Picture, item.Problem!))] };
        var images = read.Where(item => item.Image is not null).Select(item => (item.Picture, Image: item.Image!)).ToList();
        var done = new List<FoundPicture>();
        try
        {
            foreach (var ((picture, image), objects) in images.Zip(_opened.Detector.Detect([.. images.Select(item => item.Image)])).Where(pair => !_before.Contains(pair.First.Picture)))
            {
                if (_plan.Draws)
                {
                    var place = _places[picture];
                    Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                    ImageFile.Write(place, DrawnDetections.On(image, objects));
                }
                done.Add(FoundPicture.Of(picture, image.Width, image.Height, objects));
            }
        }
        catch (IOException e)
        {
            return turn with { Full = e.Message };
        }
        return turn with { Done = done };
    }

    /// <summary>Notes what all processes have done in a turn; after their drawn pictures, so that what is noted as done is there.</summary>
    /// <returns>Whether there is to be another turn.</returns>
    private bool Note(Turn[] turns)
    {
        foreach (var unreadable in turns.SelectMany(turn => turn.Unreadable))
        {
            _unreadable.Add(unreadable.Picture);
            _report.Problem(unreadable.Problem);
        }
        var done = turns.SelectMany(turn => turn.Done).ToList();
        var full = turns.Select(turn => turn.Full).OfType<string>().ToList();
        try
        {
            Journal.Add(done);
            _detected += done.Count;
            foreach (var one in done)
            {
                _report.Event("picture", one);
            }
        }
        catch (IOException e)
        {
            full.Add(e.Message);
        }
        foreach (var problem in full)
        {
            _report.Problem(problem);
        }
        Tell();
        _full |= full.Count > 0;
        _stopped |= turns.Any(turn => turn.IsStopped);
        return !_full && !_stopped;
    }

    private void Tell()
    {
        var left = _plan.Pictures.Count - _before.Count - _detected - _unreadable.Count;
        _report.Status(string.Create(
            CultureInfo.InvariantCulture, $"{_plan.Pictures.Count - left} of {_plan.Pictures.Count} pictures, {Rate:0.0} images/s, {Durations.Text(left / Rate)} left"));
    }

    private double Rate => _detected / Math.Max(_clock.Elapsed.TotalSeconds, 1e-3);

    private int Finish(bool stopped)
    {
        var notDone = _plan.Pictures.Where(picture => !Journal.Done.ContainsKey(picture)).ToList();
        var results = WriteResults();
        if (notDone.Count == 0 || Journal.Done.Count == 0)
        {
            if (results is not null)
            {
                Journal.Delete();
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
            return ResultFiles.Write(_plan.Folder, _plan.Format, _plan.Pictures, Journal.Done, _opened.Detector.ClassNames);
        }
        catch (IOException e)
        {
            _report.Problem(e.Message);
            return null;
        }
    }

    private void Show(string? results, List<string> notDone)
    {
        var found = _plan.Pictures.Where(Journal.Done.ContainsKey).Select(picture => Journal.Done[picture]).ToList();
        FoundTable.Show(found, _report);
        _report.Line(string.Create(
            CultureInfo.InvariantCulture, $"{found.Count} of {_plan.Pictures.Count} pictures, {found.Sum(picture => picture.Detections.Count)} objects, {Rate:0.0} images/s"));
        if (results is not null)
        {
            _report.Line($"The results are in {results}{(_plan.Draws && found.Count > 0 ? $", the pictures with boxes in {_plan.Folder}" : "")}");
        }
        if (notDone.Count > 0)
        {
            var more = notDone.Count > NamesInFull ? $" and {notDone.Count - NamesInFull} more, up to {notDone[^1]}" : "";
            _report.Problem($"Not done: {string.Join(", ", notDone.Take(NamesInFull))}{more}. What was done is kept in {_plan.Folder}; the same command goes on with the rest.");
        }
        _report.Event("done", new { Pictures = _plan.Pictures.Count, Done = found.Count, NotDone = notDone, Results = results, ImagesPerSecond = Report.Number(Rate) });
    }

    /// <summary>What a process has done in its turn.</summary>
    /// <param name="Done">The pictures that it has detected in.</param>
    /// <param name="Unreadable">Those that it could not read.</param>
    /// <param name="Full">Why it cannot write any more; null where it can.</param>
    /// <param name="IsStopped">Whether it was asked to stop.</param>
    private sealed record Turn(IReadOnlyList<FoundPicture> Done, IReadOnlyList<Unreadable> Unreadable, string? Full, bool IsStopped)
    {
        public static Turn None { get; } = new([], [], null, false);
    }

    private sealed record Unreadable(string Picture, string Problem);
}
