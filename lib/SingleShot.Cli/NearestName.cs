namespace SingleShot.Cli;

/// <summary>Finds the name that somebody meant.</summary>
internal static class NearestName
{
    /// <summary>The known name that is nearest to one that is not known.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="known">The names that there are.</param>
    /// <returns>
    /// Null where none is near: where more than a third of its letters, and at least two, would have to change, and none is the beginning of the other.
    /// </returns>
    public static string? Of(string name, IEnumerable<string> known)
    {
        bool Begins(string one, string other) => one.Length > 2 && other.StartsWith(one, StringComparison.OrdinalIgnoreCase);
        var nearest = known.Select(other => (Name: other, Distance: Distance(name.ToUpperInvariant(), other.ToUpperInvariant()))).MinBy(item => item.Distance);
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, nearest.Name.Length / 3)
            ? nearest.Name
            : known.FirstOrDefault(other => Begins(name, other) || Begins(other, name));
    }

    /// <summary>Letters to insert, delete, replace or exchange with their neighbor (Damerau and Levenshtein, restricted).</summary>
    private static int Distance(string from, string to)
    {
        var steps = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                steps[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, steps[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
                }
            }
        }
        return steps[from.Length, to.Length];
    }
}
