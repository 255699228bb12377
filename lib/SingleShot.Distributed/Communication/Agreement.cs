using System.Text.Json;

namespace SingleShot.Distributed.Communication;

/// <summary>Sees to it that all processes were started with the same, before they do anything together.</summary>
public static class Agreement
{
    private const int Shown = 60; // characters of a long text around its first difference

    /// <summary>Compares facts over all processes; one process alone has nothing to compare, and its facts are not asked for.</summary>
    /// <param name="communicator">The processes.</param>
    /// <param name="facts">What has to be the same, each with a name for the message; the same names in each process.</param>
    /// <exception cref="RankFailedException">A process has another value; the message has its rank and machine, the fact's name, and where the values differ.</exception>
    public static void Check(ICommunicator communicator, params IReadOnlyList<(string Name, Func<string> Value)> facts)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        ArgumentNullException.ThrowIfNull(facts);
        if (communicator.Size == 1)
        {
            return;
        }
        var mine = new Statement(Environment.MachineName, [.. facts.Select(fact => fact.Name)], [.. facts.Select(fact => fact.Value())]);
        var all = communicator.Gather(JsonSerializer.SerializeToUtf8Bytes(mine))
            .Select(bytes => JsonSerializer.Deserialize<Statement>(bytes)!).ToArray();
        var first = all[0];
        for (var rank = 1; rank < all.Length; rank++)
        {
            var other = all[rank];
            if (!other.Names.SequenceEqual(first.Names))
            {
                throw new RankFailedException([rank], $"Rank {rank} ({other.Machine}) is of another program than rank 0 ({first.Machine}): copy the same build to all machines.");
            }
            for (var i = 0; i < first.Values.Count; i++)
            {
                if (other.Values[i] != first.Values[i])
                {
                    var (there, here) = Around(InOneLine(other.Values[i]), InOneLine(first.Values[i]));
                    throw new RankFailedException(
                        [rank],
                        $"Rank {rank} ({other.Machine}) has another {first.Names[i]} than rank 0 ({first.Machine}): {there} there, {here} here. All processes need the same.");
                }
            }
        }
    }

    private static (string There, string Here) Around(string there, string here)
    {
        var same = there.Zip(here).TakeWhile(pair => pair.First == pair.Second).Count();
        var start = Math.Max(0, same - Shown / 2);
        string Part(string text) => text.Length <= Shown ? text : $"{(start > 0 ? "..." : "")}{text.AsSpan(start, Math.Min(Shown, text.Length - start))}...";
        return (Part(there), Part(here));
    }

    private static string InOneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private sealed record Statement(string Machine, IReadOnlyList<string> Names, IReadOnlyList<string> Values);
}
