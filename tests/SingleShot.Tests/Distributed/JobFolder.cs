using System.Globalization;
using SingleShot.Data.Shapes;
using SingleShot.Ranks;
using SingleShot.Weights;

namespace SingleShot.Tests.Distributed;

/// <summary>The folder of the jobs of all tests: the pictures are drawn once, and what one process does is computed once.</summary>
public sealed class JobFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<Job, Task<string>> _alone = [];
    private readonly string _data;
    private int _jobs;

    public JobFolder()
    {
        _data = _folder.File("shapes");
        ShapesGenerator.Write(_data, Job.Pictures, seed: 5, size: Job.InputSize); // before several processes do it at the same time
    }

    /// <summary>A job with a folder of its own.</summary>
    public Job Next()
    {
        var output = Path.Combine(_folder.Path, $"job{++_jobs}");
        Directory.CreateDirectory(output);
        return new Job { Data = _data, Output = output, Save = Path.Combine(output, "last.safetensors") };
    }

    /// <summary>The checkpoint that one process leaves of the same training.</summary>
    public Task<string> AloneAsync(Job job)
    {
        var what = job with { Output = "", Save = "", SaveEvery = null, Resume = null, Fault = Fault.None };
        if (!_alone.TryGetValue(what, out var checkpoint))
        {
            var mine = Next();
            _alone[what] = checkpoint = RunAsync(what with { Output = mine.Output, Save = mine.Save });
        }
        return checkpoint;

        static async Task<string> RunAsync(Job job)
        {
            var (exit, text) = await Mpirun.RunAsync(1, job);
            return exit == 0 ? job.Save! : throw new InvalidOperationException(text);
        }
    }

    /// <summary>The processes of a job that are still there; a number that another program has got since is none.</summary>
    public static IReadOnlyList<int> Left(Job job) =>
    [
        .. Directory.GetFiles(job.Output, "*.pid")
            .Select(file => int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture))
            .Where(process => File.Exists($"/proc/{process}/cmdline") && File.ReadAllText($"/proc/{process}/cmdline").Contains(job.Output, StringComparison.Ordinal)),
    ];

    /// <summary>How far apart two checkpoints are: of all tensors the largest distance, in relation to the tensor's norm.</summary>
    public static double Distance(string one, string other)
    {
        using var left = WeightFile.Read(one);
        using var right = WeightFile.Read(other);
        if (!left.Tensors.Keys.ToHashSet().SetEquals(right.Tensors.Keys))
        {
            throw new ArgumentException($"{one} and {other} have other tensors.");
        }
        return left.Tensors.Max(entry =>
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var (a, b) = (entry.Value.to(TorchSharp.torch.float64), right.Tensors[entry.Key].to(TorchSharp.torch.float64));
            return (a - b).norm().item<double>() / Math.Max(a.norm().item<double>(), double.Epsilon);
        });
    }

    public void Dispose() => _folder.Dispose();
}
