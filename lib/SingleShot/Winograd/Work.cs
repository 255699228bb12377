using static TorchSharp.torch;

namespace SingleShot.Winograd;

/// <summary>Work in parts that do not depend on one another, on as many threads as libtorch computes with.</summary>
internal static class Work
{
    private const int TilesOfPart = 4; // one is too little work to hand to a thread

    /// <summary>Does something with each tile; all is done when it returns.</summary>
    public static void ForTiles(int count, Action<int> tile) => InParts((count + TilesOfPart - 1) / TilesOfPart, part =>
    {
        for (var i = part * TilesOfPart; i < Math.Min(count, (part + 1) * TilesOfPart); i++)
        {
            tile(i);
        }
    });

    /// <summary>Does the parts; they all are done when it returns.</summary>
    public static void InParts(int parts, Action<int> part)
    {
        if (get_num_threads() is var threads and > 1 && parts > 1)
        {
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part);
            return;
        }
        for (var i = 0; i < parts; i++)
        {
            part(i);
        }
    }
}
