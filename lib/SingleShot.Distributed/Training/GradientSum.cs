using System.Text.Json;
using SingleShot.Distributed.Communication;
using SingleShot.Networks;
using SingleShot.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Distributed.Training;

/// <summary>Adds up the gradients of all processes, many small ones at a time.</summary>
/// <param name="communicator">Tells what each process did in the step, and whether one is to stop.</param>
/// <param name="sum">Adds up tensors.</param>
/// <remarks>
/// The gradients go when all of them are there. To send the last layers' while the first ones' are computed needs a hook on each parameter, which
/// TorchSharp does not have.
/// </remarks>
internal sealed class GradientSum(ICommunicator communicator, ITensorSum sum) : IGradientExchange
{
    private const long BucketLength = 4 << 20; // bytes that are added up at once: a message has a cost of its own, whatever its length

    /// <summary>Whether this process is asked to stop.</summary>
    public Func<bool> StopAsked { get; set; } = () => false;

    /// <summary>Called where any process is asked to stop: in all of them, after the same step.</summary>
    public Action StopAgreed { get; set; } = () => { };

    /// <inheritdoc/>
    public IReadOnlyList<TrainingStep> Exchange(TrainingStep mine, IReadOnlyList<Parameter> parameters)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var reports = communicator.Gather(JsonSerializer.SerializeToUtf8Bytes(new Report(mine, StopAsked())))
            .Select(bytes => JsonSerializer.Deserialize<Report>(bytes)!).ToArray();
        foreach (var bucket in Buckets(parameters))
        {
            Sum(bucket);
        }
        if (reports.Any(report => report.Stop))
        {
            StopAgreed();
        }
        return [.. reports.Select(report => report.Step)];
    }

    /// <summary>Parameters in turn, as many as fill a bucket and have gradients of one type; a large one has a bucket of its own.</summary>
    private static IEnumerable<List<Parameter>> Buckets(IReadOnlyList<Parameter> parameters)
    {
        List<Parameter> bucket = [];
        var length = 0L;
        foreach (var parameter in parameters)
        {
            var bytes = parameter.NumberOfElements * parameter.element_size();
            if (bucket.Count > 0 && (length + bytes > BucketLength || parameter.dtype != bucket[0].dtype))
            {
                yield return bucket;
                (bucket, length) = ([], 0);
            }
            bucket.Add(parameter);
            length += bytes;
        }
        if (bucket.Count > 0)
        {
            yield return bucket;
        }
    }

    private void Sum(List<Parameter> bucket)
    {
        using var scope = NewDisposeScope();
        var parts = bucket.ConvertAll(parameter => (parameter.grad ??= zeros_like(parameter)).reshape(-1)); // a loss may not reach a parameter in one process, and in another
        var flat = parts.Count == 1 ? parts[0] : cat(parts);
        sum.Sum(flat);
        var start = 0L;
        foreach (var parameter in bucket)
        {
            parameter.grad!.copy_(flat.narrow(0, start, parameter.NumberOfElements).view_as(parameter));
            start += parameter.NumberOfElements;
        }
    }

    private sealed record Report(TrainingStep Step, bool Stop);
}
