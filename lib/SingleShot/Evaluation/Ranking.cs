namespace SingleShot.Evaluation;

/// <summary>The order of detections by score.</summary>
internal static class Ranking
{
    /// <summary>Indices by falling score; of equal scores the lower index first, as a merge sort of the negated scores has it.</summary>
    /// <param name="scores">The scores, none of them NaN.</param>
    public static int[] Descending(double[] scores)
    {
        var order = new int[scores.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        var keys = Array.ConvertAll(scores, score => -score);
        Array.Sort(keys, order);
        for (int first = 0, end; first < keys.Length; first = end)
        {
            for (end = first + 1; end < keys.Length && keys[end] == keys[first];)
            {
                end++;
            }
            Array.Sort(order, first, end - first);
        }
        return order;
    }
}
