namespace SingleShot.Data;

/// <summary>Seeds for many independent streams of chance out of a few numbers.</summary>
internal static class Seeds
{
    /// <summary>A seed that follows from all of the numbers and their order; neighbors give unrelated seeds.</summary>
    /// <remarks>The finaliser of SplitMix64 (Steele and others, 2014), once for each number.</remarks>
    public static int Mix(params ReadOnlySpan<int> numbers)
    {
        var state = 0UL;
        foreach (var number in numbers)
        {
            state += 0x9E3779B97F4A7C15UL + (uint)number;
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EBUL;
            state ^= state >> 31;
        }
        return (int)(state >> 32);
    }
}
