using System.Text.Json;
using SingleShot.Distributed.Communication;
using SingleShot.Networks;
using SingleShot.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace SingleShot.Distributed.Training;

/// <summary>Adds up the gradients of all processes, many small ones at a time, and while the first layers' gradients are still computed where that can be.</summary>
/// <param name="communicator">Tells what each process did in the step, and whether one is to stop.</param>
/// <param name="sum">Adds up tensors.</param>
/// <remarks>
/// Early sums are made on a thread of their own, in the hosts' memory alone: on a GPU they would wait for the very work beside which they are to be made.
/// </remarks>
internal sealed class GradientSum(ICommunicator communicator, ITensorSum sum) : IGradientExchange
{
    private IReadOnlyList<GradientBucket> _early = [];
    private Task _sums = Task.CompletedTask;

    /// <summary>Whether this process is asked to stop.</summary>
    public Func<bool> StopAsked { get; set; } = () => false;

    /// <summary>Called where any process is asked to stop: in all of them, after the same step.</summary>
    public Action StopAgreed { get; set; } = () => { };

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<Parameter> parameters)
    {
        if (sum is not HostSum || parameters.Any(parameter => parameter.device_type != DeviceType.CPU))
        {
            return;
        }
        var buckets = GradientBucket.Fill(parameters);
        _early = buckets;
        _sums = Task.Factory.StartNew(() => Sum(buckets), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public IReadOnlyList<TrainingStep> Exchange(TrainingStep mine, IReadOnlyList<Parameter> parameters)
    {
        _sums.GetAwaiter().GetResult();
        var reports = communicator.Gather(JsonSerializer.SerializeToUtf8Bytes(new Report(mine, StopAsked())))
            .Select(bytes => JsonSerializer.Deserialize<Report>(bytes)!).ToArray();
        var sent = _early.SelectMany(bucket => bucket.Parameters).ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        var late = GradientBucket.Fill([.. parameters.Where(parameter => !sent.Contains(parameter))]);
        Sum(late);
        foreach (var bucket in _early.Concat(late))
        {
            bucket.Empty();
        }
        _early = [];
        if (reports.Any(report => report.Stop))
        {
            StopAgreed();
        }
        return [.. reports.Select(report => report.Step)];
    }

    private void Sum(IReadOnlyList<GradientBucket> buckets)
    {
        foreach (var bucket in buckets)
        {
            sum.Sum(bucket.Numbers);
        }
    }

    private sealed record Report(TrainingStep Step, bool Stop);
}
