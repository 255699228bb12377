using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SingleShot.Runtime.Files;

namespace SingleShot.Cli.Training;

/// <summary>The files of a training run. Each is written wholly or not at all, and one process at a time has them.</summary>
/// <param name="folder">The folder of the run.</param>
/// <param name="report">Hears that the folder is waited for.</param>
/// <remarks>
/// An open file says that a process trains here: the system closes it however the process ends. At an epoch's end the scores are written
/// first, then the best checkpoint, then the last. So a run that is killed in between goes on from the last checkpoint, and comes to the
/// same scores and the same best one again.
/// </remarks>
internal sealed class RunFolder(string folder, Report report) : IDisposable
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    // What an IOException's HResult is where another process has the file open for itself alone.
    private const int HeldOnLinux = 11;
    private const int HeldOnMacOS = 35;
    private const int HeldOnWindows = unchecked((int)0x80070020);

    // A process that was killed closes its files only after the system has cleared its memory, and gigabytes of it take a moment.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private FileStream? _claim;

    /// <summary>Path of the checkpoint to go on from.</summary>
    public string Last { get; } = Path.Combine(folder, "last.safetensors");

    /// <summary>Path of the checkpoint of the highest AP.</summary>
    public string Best { get; } = Path.Combine(folder, "best.safetensors");

    /// <summary>Path of the settings that the run was begun with.</summary>
    public string Settings { get; } = Path.Combine(folder, "settings.yaml");

    private string Scores { get; } = Path.Combine(folder, "epochs.json");

    /// <summary>Sees to it that there is no run yet.</summary>
    /// <exception cref="UsageException">There is one.</exception>
    public void RequireNone()
    {
        if (File.Exists(Last))
        {
            throw new UsageException($"{folder} has a training already: continue it with --resume, or name another folder as output.");
        }
    }

    /// <summary>Makes the folder of a new run, and keeps its settings there.</summary>
    /// <exception cref="UsageException">Another process has begun a run there meanwhile.</exception>
    public void Begin(TrainingPlan plan)
    {
        Directory.CreateDirectory(folder);
        Claim();
        RequireNone();
        RemoveParts();
        File.Delete(Scores); // of a run that was killed before its first checkpoint
        File.Delete(Best);
        AtomicFile.Write(Settings, stream => stream.Write(Encoding.UTF8.GetBytes(PlanFile.Write(plan))));
    }

    /// <summary>Sees to it that a run is there, and was begun with the same settings.</summary>
    /// <exception cref="UsageException">There is none, another process has it, or it was begun with other settings; the message names the first that differs.</exception>
    public void Continue(TrainingPlan plan)
    {
        if (!File.Exists(Settings))
        {
            throw new UsageException($"{folder} has no training to go on with: leave --resume out to begin one.");
        }
        Claim();
        RemoveParts();
        var kept = PlanFile.Write(PlanFile.Read(Settings) with { Device = plan.Device, Workers = plan.Workers, SaveEvery = plan.SaveEvery });
        var first = kept.Split('\n').Zip(PlanFile.Write(plan).Split('\n')).FirstOrDefault(pair => pair.First != pair.Second);
        if (first.First is not null)
        {
            throw new UsageException(
                $"The training in {folder} was begun with {first.First}, and not with {first.Second}. To go on, give it the settings that it was begun with ({Settings}); "
                + "for others, name another folder as output.");
        }
    }

    /// <summary>The scores of the epochs up to a step.</summary>
    /// <param name="steps">Steps that the last checkpoint has; later scores are of a run that was killed, and come again.</param>
    public List<EpochScore> ReadScores(int steps) => File.Exists(Scores)
        ? [.. JsonSerializer.Deserialize<List<EpochScore>>(File.ReadAllBytes(Scores), Format)!.Where(score => score.Step <= steps)]
        : [];

    /// <summary>Writes the scores.</summary>
    public void WriteScores(IReadOnlyList<EpochScore> scores) => AtomicFile.Write(Scores, stream => JsonSerializer.Serialize(stream, scores, Format));

    /// <summary>Lets another process have the folder.</summary>
    public void Dispose() => _claim?.Dispose();

    private void Claim()
    {
        var path = Path.Combine(folder, "in-use");
        var clock = Stopwatch.StartNew();
        for (var tries = 0; !TryClaim(path); tries++)
        {
            if (clock.Elapsed > Patience)
            {
                throw new UsageException($"Another process is training in {folder}: wait until it has ended, or name another folder as output.");
            }
            if (tries == 0)
            {
                report.Line($"Another process is training in {folder}, or is just ending: waiting {Patience.TotalSeconds:0} seconds for it.");
                report.Event("waiting", new { Folder = folder, Patience.TotalSeconds });
            }
            Thread.Sleep(BetweenTries);
        }
    }

    private bool TryClaim(string path)
    {
        try
        {
            _claim = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException e) when (e.HResult is HeldOnLinux or HeldOnMacOS or HeldOnWindows)
        {
            return false;
        }
    }

    /// <summary>Deletes what writes that were cut off have left.</summary>
    private void RemoveParts()
    {
        foreach (var part in Directory.EnumerateFiles(folder, "*.partial"))
        {
            File.Delete(part);
        }
    }
}
