using System.Globalization;
using SingleShot.Data.Shapes;
using SingleShot.Ranks;

namespace SingleShot.Tests.Distributed;

/// <summary>The folder of the jobs of all tests: the pictures are drawn once.</summary>
public sealed class JobFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;
    private int _jobs;

    public JobFolder()
    {
        _data = _folder.File("shapes");
        ShapesGenerator.Write(_data, Job.Pictures, seed: 5, size: Job.InputSize); // before several processes do it at the same time
        Shared = new SharedJobs(this);
        Faulty = new FaultyJobs(this);
    }

    /// <summary>The jobs that several tests look at.</summary>
    internal SharedJobs Shared { get; }

    /// <summary>The jobs that something is wrong with.</summary>
    internal FaultyJobs Faulty { get; }

    /// <summary>A job with a folder of its own.</summary>
    public Job Next()
    {
        var output = Path.Combine(_folder.Path, $"job{++_jobs}");
        Directory.CreateDirectory(output);
        return new Job { Data = _data, Output = output, Save = Path.Combine(output, "last.safetensors") };
    }

    /// <summary>The processes of a job that are still there; a number that another program has got since is none.</summary>
    public static IReadOnlyList<int> Left(Job job) =>
    [
        .. Directory.GetFiles(job.Output, "*.pid")
            .Select(file => int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture))
            .Where(process => File.Exists($"/proc/{process}/cmdline") && File.ReadAllText($"/proc/{process}/cmdline").Contains(job.Output, StringComparison.Ordinal)),
    ];

    public void Dispose() => _folder.Dispose();
}
