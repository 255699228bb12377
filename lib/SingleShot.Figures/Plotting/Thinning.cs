namespace SingleShot.Figures.Plotting;

/// <summary>Draws a long line from fewer points, so that it looks the same on a screen.</summary>
internal static class Thinning
{
    /// <summary>Indices of points to draw: all of few; else the first, the last, and the lowest and highest of each stretch, so that no peak is lost.</summary>
    public static IReadOnlyList<int> Keep(IReadOnlyList<(double X, double Y)> points, int limit)
    {
        if (points.Count <= limit)
        {
            return [.. Enumerable.Range(0, points.Count)];
        }

        var stretches = limit / 2 - 1;
        var kept = new SortedSet<int> { 0, points.Count - 1 };
        for (var i = 0; i < stretches; i++)
        {
            var from = (int)((long)points.Count * i / stretches);
            var to = (int)((long)points.Count * (i + 1) / stretches);
            var stretch = Enumerable.Range(from, to - from).ToList();
            kept.Add(stretch.MinBy(n => points[n].Y));
            kept.Add(stretch.MaxBy(n => points[n].Y));
        }

        return [.. kept];
    }
}
