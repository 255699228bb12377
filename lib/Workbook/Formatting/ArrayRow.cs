using System.Collections;

namespace Workbook.Formatting;

/// <summary>A part of an array of several dimensions, as a sequence: of its values, or of the rows below it.</summary>
/// <param name="array">The array.</param>
/// <param name="prefix">Its leading indices.</param>
internal sealed class ArrayRow(Array array, int[] prefix) : IReadOnlyCollection<object?>
{
    /// <inheritdoc/>
    public int Count => array.GetLength(prefix.Length);

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator()
    {
        var from = array.GetLowerBound(prefix.Length);
        for (var index = from; index < from + Count; index++)
        {
            int[] indices = [.. prefix, index];
            yield return indices.Length == array.Rank ? array.GetValue(indices) : new ArrayRow(array, indices);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
