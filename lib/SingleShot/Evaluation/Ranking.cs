namespace SingleShot.Evaluation;

/// <summary>The order of detections by score.</summary>
internal static class Ranking
{
    /// <summary>Indices by falling score; of equal scores the lower index first, as a merge sort of the negated scores has it.</summary>
    public static int[] Descending(double[] scores)
    {
        var order = new int[scores.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        Array.Sort(order, (a, b) => scores[b].CompareTo(scores[a]) is var byScore && byScore != 0 ? byScore : a.CompareTo(b));
        return order;
    }
}
