using System.Numerics;

namespace SingleShot.Detection;

/// <summary>A class that a default box may show.</summary>
/// <param name="Score">Its probability.</param>
/// <param name="Place">Which of equal scores comes first, the lower one: the class times the number of default boxes, plus the default box.</param>
internal readonly record struct Candidate<T>(T Score, int Place) : IComparable<Candidate<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The better one first.</summary>
    public int CompareTo(Candidate<T> other) => IsBefore(other) ? -1 : other.IsBefore(this) ? 1 : 0;

    /// <summary>Puts the best of a list at its front, by falling score.</summary>
    /// <param name="candidates">All of them, finite; the order of the rest is undefined afterwards.</param>
    /// <param name="count">How many are wanted at most.</param>
    /// <returns>The best, at most as many as there are.</returns>
    public static Span<Candidate<T>> Best(Span<Candidate<T>> candidates, int count)
    {
        if (candidates.Length > count)
        {
            Select(candidates, count);
            candidates = candidates[..count];
        }
        candidates.Sort();
        return candidates;
    }

    private bool IsBefore(Candidate<T> other) => Score > other.Score || (Score == other.Score && Place < other.Place);

    // Hoare's selection: afterwards none of the first count comes behind one of the rest.
    private static void Select(Span<Candidate<T>> candidates, int count)
    {
        var (from, to) = (0, candidates.Length - 1);
        while (from < to)
        {
            var pivot = candidates[from + (to - from) / 2];
            var (i, j) = (from, to);
            while (i <= j)
            {
                while (candidates[i].IsBefore(pivot))
                {
                    i++;
                }
                while (pivot.IsBefore(candidates[j]))
                {
                    j--;
                }
                if (i <= j)
                {
                    (candidates[i], candidates[j]) = (candidates[j], candidates[i]);
                    (i, j) = (i + 1, j - 1);
                }
            }
            if (count <= j)
            {
                to = j;
            }
            else if (count >= i)
            {
                from = i;
            }
            else
            {
                return;
            }
        }
    }
}
