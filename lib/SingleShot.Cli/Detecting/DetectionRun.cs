using System.Diagnostics;
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
    private readonly DetectionPlan _plan;
    private readonly ICommunicator _processes;
    private readonly DrawnPlaces _places;
    private readonly OpenedDetector _opened;
    private readonly string _model;
    private readonly DetectionRecord? _record; // rank 0's
    private HashSet<string> _before = [];

    /// <summary>Prepares it, in this process.</summary>
    /// <param name="plan">What to detect in.</param>
    /// <param name="open">Loads the model.</param>
    /// <param name="again">Whether to forget what an earlier run has done.</param>
    /// <param name="processes">The processes.</param>
    /// <param name="report">Hears how it goes.</param>
    /// <exception cref="UsageException">There is no such model, a picture would be written over, or an earlier run had another model or other settings.</exception>
    public DetectionRun(DetectionPlan plan, Func<OpenedDetector> open, bool again, ICommunicator processes, Report report)
    {
        (_plan, _processes) = (plan, processes);
        _opened = open();
        try
        {
            _places = new DrawnPlaces(plan.Pictures, plan.Folder);
            _model = _opened.Identity();
            _record = processes.Rank == 0 ? new DetectionRecord(plan, _model, again, report) : null;
        }
        catch
        {
            _opened.Dispose();
            throw;
        }
    }

    private DetectionRecord Record => _record ?? throw new UnreachableException("Rank 0 alone keeps the record.");

    /// <summary>Runs to the end, or until it is stopped or the disk is full.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        Agreement.Check(_processes, ("list of pictures", () => string.Join('\n', _plan.Pictures)), ("model", () => _model), ("set of limits", () => _plan.Settings));
        _before = [.. _processes.FromRankZero(() => Record.Before)];
        _record?.Begin();
        await DetectAsync(stop).ConfigureAwait(false);
        return _processes.FromRankZero(() => Record.Finish(_opened.Detector.ClassNames, stop.IsCancellationRequested));
    }

    /// <summary>Frees the model, and closes the record.</summary>
    public void Dispose()
    {
        _record?.Dispose();
        _opened.Dispose();
    }

    private async Task DetectAsync(CancellationToken stop)
    {
        var batches = _plan.Pictures.Chunk(_plan.Batch).Where(batch => !batch.All(_before.Contains)).ToList();
        var reading = ReadAsync(batches.ElementAtOrDefault(_processes.Rank));
        var goesOn = true;
        for (var first = 0; first < batches.Count && goesOn; first += _processes.Size)
        {
            var turn = DetectionTurn.None with { IsStopped = stop.IsCancellationRequested };
            if (!turn.IsStopped)
            {
                var read = await reading.ConfigureAwait(false);
                reading = ReadAsync(batches.ElementAtOrDefault(first + _processes.Size + _processes.Rank)); // while the network works on these
                turn = Detect(read);
            }
            var turns = _processes.Gather(JsonSerializer.SerializeToUtf8Bytes(turn)).Select(bytes => JsonSerializer.Deserialize<DetectionTurn>(bytes)!).ToArray();
            goesOn = _processes.FromRankZero(() => Record.Note(turns));
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
    private DetectionTurn Detect((string Picture, RgbImage? Image, string? Problem)[] read)
    {
        var turn = DetectionTurn.None with { Unreadable = [.. read.Where(item => item.Problem is not null).Select(item => new UnreadablePicture(item.Picture, item.Problem!))] };
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
}
