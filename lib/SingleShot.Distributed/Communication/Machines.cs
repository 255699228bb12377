using System.Text;

namespace SingleShot.Distributed.Communication;

/// <summary>Which processes share a machine.</summary>
public static class Machines
{
    /// <summary>This process's number among those of its machine, from 0: the number of the GPU that is to be its own. A meeting.</summary>
    /// <param name="communicator">The processes.</param>
    public static int LocalRank(this ICommunicator communicator)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        var names = communicator.Gather(Encoding.UTF8.GetBytes(Environment.MachineName));
        return names.Take(communicator.Rank).Count(name => name.AsSpan().SequenceEqual(names[communicator.Rank]));
    }
}
