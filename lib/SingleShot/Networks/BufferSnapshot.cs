using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>The buffers of a network, running means and variances and counters of batches, as they are at one moment.</summary>
/// <remarks>
/// They are kept end to end, in one tensor for each type and device: a few calls for dozens of small tensors. The kept tensors belong
/// to the dispose scope in which the snapshot is taken.
/// </remarks>
internal sealed class BufferSnapshot
{
    private readonly List<(Tensor[] Buffers, Tensor Kept)> _groups;

    /// <summary>Keeps the buffers of a network.</summary>
    public BufferSnapshot(nn.Module network)
    {
        using var gradients = no_grad();
        _groups = [.. network.buffers()
            .Where(buffer => buffer.NumberOfElements > 0)
            .GroupBy(buffer => (buffer.dtype, buffer.device_type, buffer.device_index))
            .Select(group => group.ToArray())
            .Select(buffers => (buffers, EndToEnd(buffers)))];
    }

    /// <summary>The smallest and the largest number that the buffers hold now, for each type and device; scalars, which are NaN where a buffer holds NaN.</summary>
    public IEnumerable<Tensor> Extremes()
    {
        foreach (var (buffers, _) in _groups.Where(group => group.Kept.is_floating_point()))
        {
            using var flat = EndToEnd(buffers);
            var (least, most) = flat.aminmax();
            yield return least;
            yield return most;
        }
    }

    /// <summary>Gives the buffers the numbers that they had.</summary>
    public void PutBack()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        foreach (var (buffers, kept) in _groups)
        {
            var start = 0L;
            foreach (var buffer in buffers)
            {
                buffer.copy_(kept.narrow(0, start, buffer.NumberOfElements).view_as(buffer));
                start += buffer.NumberOfElements;
            }
        }
    }

    private static Tensor EndToEnd(Tensor[] buffers)
    {
        using var scope = NewDisposeScope();
        return cat([.. buffers.Select(buffer => buffer.detach().reshape(-1))]).MoveToOuterDisposeScope();
    }
}
