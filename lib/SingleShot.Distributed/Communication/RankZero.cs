using System.Text.Json;

namespace SingleShot.Distributed.Communication;

/// <summary>What one process finds out for all, such as what is on its disk.</summary>
public static class RankZero
{
    /// <summary>Gives all processes what rank 0 makes; a meeting.</summary>
    /// <typeparam name="T">Anything that System.Text.Json writes and reads back.</typeparam>
    /// <param name="communicator">The processes.</param>
    /// <param name="make">Makes it; called in rank 0 alone. If it throws there, the others do not wait for long: see <see cref="Launch.RunAsync"/>.</param>
    public static T FromRankZero<T>(this ICommunicator communicator, Func<T> make)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        ArgumentNullException.ThrowIfNull(make);
        return communicator.Size == 1
            ? make()
            : JsonSerializer.Deserialize<T>(communicator.Gather(communicator.Rank == 0 ? JsonSerializer.SerializeToUtf8Bytes(make()) : [])[0])!;
    }
}
