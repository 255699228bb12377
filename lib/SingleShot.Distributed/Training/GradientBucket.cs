using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Distributed.Training;

/// <summary>The gradients of some parameters, which are added up at once: a message has a cost of its own, whatever its length.</summary>
internal sealed class GradientBucket
{
    private const long Length = 4 << 20; // bytes

    private GradientBucket(IReadOnlyList<Parameter> parameters)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        // A loss may not reach a parameter in one process, and in another it does.
        Tensor[] parts = [.. parameters.Select(parameter => (parameter.grad ??= zeros_like(parameter)).reshape(-1))];
        (Parameters, Numbers) = (parameters, (parts.Length == 1 ? parts[0] : cat(parts)).DetachFromDisposeScope());
    }

    /// <summary>Whose gradients they are.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The gradients, one after another: of a parameter that is alone, in the memory of its own gradient.</summary>
    public Tensor Numbers { get; }

    /// <summary>Fills buckets with the gradients of parameters in turn, of one type in each; a large one has a bucket of its own.</summary>
    public static IReadOnlyList<GradientBucket> Fill(IReadOnlyList<Parameter> parameters)
    {
        List<GradientBucket> full = [];
        List<Parameter> next = [];
        var length = 0L;
        foreach (var parameter in parameters)
        {
            var bytes = parameter.NumberOfElements * parameter.element_size();
            if (next.Count > 0 && (length + bytes > Length || parameter.dtype != next[0].dtype))
            {
                full.Add(new GradientBucket(next));
                (next, length) = ([], 0);
            }
            next.Add(parameter);
            length += bytes;
        }
        if (next.Count > 0)
        {
            full.Add(new GradientBucket(next));
        }
        return full;
    }

    /// <summary>Gives each parameter its gradient back, and frees the bucket.</summary>
    public void Empty()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var start = 0L;
        foreach (var parameter in Parameters)
        {
            parameter.grad!.copy_(Numbers.narrow(0, start, parameter.NumberOfElements).view_as(parameter));
            start += parameter.NumberOfElements;
        }
        Numbers.Dispose();
    }
}
