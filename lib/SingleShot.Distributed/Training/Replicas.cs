using System.IO.Hashing;
using SingleShot.Distributed.Communication;
using static TorchSharp.torch;

namespace SingleShot.Distributed.Training;

/// <summary>The copies of a network in all processes: made equal at the start, and held equal.</summary>
internal static class Replicas
{
    /// <summary>Gives all processes the weights and statistics of rank 0.</summary>
    public static void Broadcast(ICommunicator communicator, nn.Module network)
    {
        using var gradients = no_grad();
        foreach (var value in network.state_dict().Values.Where(value => value.NumberOfElements > 0))
        {
            using var scope = NewDisposeScope();
            var here = value.detach().cpu().contiguous();
            communicator.Broadcast(here.bytes);
            value.copy_(here);
        }
    }

    /// <summary>Sees to it that they are equal to the last bit.</summary>
    /// <exception cref="RankFailedException">Some differ from those of rank 0.</exception>
    public static void RequireEqual(ICommunicator communicator, nn.Module network)
    {
        var hashes = communicator.Gather(Hash(network));
        int[] others = [.. Enumerable.Range(0, hashes.Count).Where(rank => !hashes[rank].AsSpan().SequenceEqual(hashes[0]))];
        if (others.Length > 0)
        {
            throw new RankFailedException(
                others,
                $"The weights of {(others.Length == 1 ? "rank" : "ranks")} {string.Join(", ", others)} are not those of rank 0 any more, though all took the same steps. "
                + "A processor or its memory is faulty, or code changes weights in some processes only. Go on from the last checkpoint.");
        }
    }

    private static byte[] Hash(nn.Module network)
    {
        var hash = new XxHash128();
        foreach (var value in network.state_dict().Values.Where(value => value.NumberOfElements > 0))
        {
            using var scope = NewDisposeScope();
            hash.Append(value.detach().cpu().contiguous().bytes);
        }
        return hash.GetCurrentHash();
    }
}
