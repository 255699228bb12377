namespace Workbook.Editing.Completion;

/// <summary>How well a name fits what has been typed of it.</summary>
internal static class NameMatch
{
    /// <summary>The fit as a number, 0 for the best; null where the name does not fit at all.</summary>
    public static int? Rank(string name, string typed)
    {
        if (name.StartsWith(typed, StringComparison.Ordinal))
        {
            return 0;
        }
        if (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }
        if (IsHumps(name, typed))
        {
            return 2;
        }
        return typed.Length > 1 && name.Contains(typed, StringComparison.OrdinalIgnoreCase) ? 3 : null;
    }

    // WL and wrLi both stand for WriteLine: each typed letter goes on in the word, or begins the next.
    private static bool IsHumps(string name, string typed) => Fits(name, 0, typed, 0);

    private static bool Fits(string name, int at, string typed, int next)
    {
        if (next == typed.Length)
        {
            return true;
        }
        if (at < name.Length && Same(name[at], typed[next]) && Fits(name, at + 1, typed, next + 1))
        {
            return true;
        }
        // The first letter must be the name's own first: only later ones may jump.
        for (var hump = at + 1; next > 0 && hump < name.Length; hump++)
        {
            if (BeginsWord(name, hump) && Same(name[hump], typed[next]) && Fits(name, hump + 1, typed, next + 1))
            {
                return true;
            }
        }
        return false;
    }

    private static bool BeginsWord(string name, int at) =>
        char.IsUpper(name[at]) || name[at - 1] == '_' || char.IsDigit(name[at]) && !char.IsDigit(name[at - 1]);

    private static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
