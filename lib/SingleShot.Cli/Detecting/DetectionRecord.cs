using System.Diagnostics;
using System.Globalization;

namespace SingleShot.Cli.Detecting;

/// <summary>What all processes have found, noted as it comes in, and written and told at the end: rank 0's part of a <see cref="DetectionRun"/>.</summary>
internal sealed class DetectionRecord : IDisposable
{
    private const int NamesInFull = 20;

    private readonly DetectionPlan _plan;
    private readonly Report _report;
    private readonly DetectionJournal _journal;
    private readonly List<string> _unreadable = [];
    private readonly Stopwatch _clock = new();
    private int _detected;
    private bool _full;
    private bool _stopped;

    /// <summary>Goes on with what an earlier run has noted in the folder, or begins.</summary>
    /// <param name="plan">What to detect in.</param>
    /// <param name="model">The model, by its content.</param>
    /// <param name="again">Whether to forget what an earlier run has done.</param>
    /// <param name="report">Hears how it goes.</param>
    /// <exception cref="UsageException">An earlier run had another model or other settings.</exception>
    public DetectionRecord(DetectionPlan plan, string model, bool again, Report report)
    {
        (_plan, _report) = (plan, report);
        Directory.CreateDirectory(plan.Folder);
        if (again)
        {
            DetectionJournal.Forget(plan.Folder);
        }
        _journal = new DetectionJournal(plan.Folder, $"{model}, {plan.Settings}");
        Before = [.. plan.Pictures.Where(_journal.Done.ContainsKey)];
    }

    /// <summary>The pictures that an earlier run has done.</summary>
    public IReadOnlyList<string> Before { get; }

    private double Rate => _detected / Math.Max(_clock.Elapsed.TotalSeconds, 1e-3);

    /// <summary>Tells what was done before, and begins to count the time.</summary>
    public void Begin()
    {
        if (Before.Count > 0)
        {
            _report.Line($"{Before.Count} of {_plan.Pictures.Count} pictures were done before.");
        }
        _clock.Start();
    }

    /// <summary>Notes a turn of all processes; after their drawn pictures, so that what is noted as done is there.</summary>
    /// <returns>Whether there is to be another turn.</returns>
    public bool Note(IReadOnlyList<DetectionTurn> turns)
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
            _journal.Add(done);
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
        var left = _plan.Pictures.Count - Before.Count - _detected - _unreadable.Count;
        _report.Status(string.Create(
            CultureInfo.InvariantCulture, $"{_plan.Pictures.Count - left} of {_plan.Pictures.Count} pictures, {Rate:0.0} images/s, {Durations.Text(left / Rate)} left"));
        _full |= full.Count > 0;
        _stopped |= turns.Any(turn => turn.IsStopped);
        return !_full && !_stopped;
    }

    /// <summary>Writes the results of what is done, and tells them.</summary>
    /// <param name="classNames">The model's classes.</param>
    /// <param name="stopped">Whether it was asked to stop after the last turn.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Finish(IReadOnlyList<string> classNames, bool stopped)
    {
        var notDone = _plan.Pictures.Where(picture => !_journal.Done.ContainsKey(picture)).ToList();
        var results = WriteResults(classNames);
        if (results is not null && (notDone.Count == 0 || _journal.Done.Count == 0))
        {
            _journal.Delete();
        }
        Show(results, notDone);
        return stopped || _stopped ? ExitCodes.Stopped : notDone.Count > 0 || results is null ? ExitCodes.Failed : ExitCodes.Done;
    }

    /// <summary>Closes the journal.</summary>
    public void Dispose() => _journal.Dispose();

    private string? WriteResults(IReadOnlyList<string> classNames)
    {
        try
        {
            return ResultFiles.Write(_plan.Folder, _plan.Format, _plan.Pictures, _journal.Done, classNames);
        }
        catch (IOException e)
        {
            _report.Problem(e.Message);
            return null;
        }
    }

    private void Show(string? results, List<string> notDone)
    {
        var found = _plan.Pictures.Where(_journal.Done.ContainsKey).Select(picture => _journal.Done[picture]).ToList();
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
}
