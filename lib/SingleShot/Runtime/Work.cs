using static TorchSharp.torch;

namespace SingleShot.Runtime;

/// <summary>Work in parts that do not depend on one another, on as many threads as libtorch computes with.</summary>
internal static class Work
{
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

    /// <summary>Does something with each of many, some at a time, where one is too little work to hand to a thread.</summary>
    public static void ForEach(int count, int atATime, Action<int> one) => InParts((count + atATime - 1) / atATime, part =>
    {
        for (var i = part * atATime; i < Math.Min(count, (part + 1) * atATime); i++)
        {
            one(i);
        }
    });
}
