namespace Workbook.Execution.Submissions;

/// <summary>Tells which cells' variables no later code can reach any more.</summary>
internal static class ShadowedCells
{
    /// <summary>
    /// The cells that declare no code, and of whose variables each was declared again before it was mentioned again. A cell that
    /// declares nothing is one of them from the start.
    /// </summary>
    /// <param name="cells">The cells in the order in which they ran.</param>
    /// <returns>For each cell, whether it is one of them.</returns>
    public static bool[] In(IReadOnlyList<CellNames> cells)
    {
        var shadowed = new bool[cells.Count];
        // The names that, from the cell looked at on, are declared before they are mentioned.
        var declaredNext = new HashSet<string>();
        for (var i = cells.Count - 1; i >= 0; i--)
        {
            var cell = cells[i];
            shadowed[i] = !cell.DeclaresCode && cell.Variables.IsSubsetOf(declaredNext);
            if (!shadowed[i] || cell.BringsOthers)
            {
                declaredNext.ExceptWith(cell.Mentioned);
                declaredNext.UnionWith(cell.Variables);
            }
        }
        return shadowed;
    }
}
