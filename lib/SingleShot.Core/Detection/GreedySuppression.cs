using System.Buffers;
using System.Numerics;

namespace SingleShot.Detection;

/// <summary>Suppression as the rule is told: from the highest score down, each kept box drops those after it that overlap it too much.</summary>
/// <remarks>
/// A kept box is compared with as many later ones at a time as a vector of the processor holds. So time grows with the boxes that are kept
/// times all boxes, and memory with the boxes.
/// </remarks>
internal static class GreedySuppression
{
    /// <summary>The boxes to keep of one list.</summary>
    /// <param name="corners">Left, top, right, bottom of each box, by falling score.</param>
    /// <param name="kept">For each box: whether it stays.</param>
    /// <param name="overlap">Jaccard overlap above which the later box goes.</param>
    public static void Keep<T>(ReadOnlySpan<T> corners, Span<bool> kept, T overlap)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var length = kept.Length + Vector<T>.Count; // boxes without extent behind the last one: a whole vector can be read there
        var memory = ArrayPool<T>.Shared.Rent(6 * length);
        try
        {
            var columns = memory.AsSpan(0, 6 * length);
            columns.Clear();
            Span<T> left = columns[..length], top = columns.Slice(length, length), right = columns.Slice(2 * length, length);
            Span<T> bottom = columns.Slice(3 * length, length), area = columns.Slice(4 * length, length), dropped = columns.Slice(5 * length, length);
            for (var i = 0; i < kept.Length; i++)
            {
                (left[i], top[i], right[i], bottom[i]) = (corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3]);
                area[i] = T.Max(right[i] - left[i], T.Zero) * T.Max(bottom[i] - top[i], T.Zero);
            }
            for (var i = 0; i < kept.Length; i++)
            {
                kept[i] = T.IsZero(dropped[i]);
                if (!kept[i])
                {
                    continue;
                }
                Vector<T> x0 = new(left[i]), y0 = new(top[i]), x1 = new(right[i]), y1 = new(bottom[i]), own = new(area[i]), most = new(overlap);
                for (var j = i + 1; j < kept.Length; j += Vector<T>.Count)
                {
                    var gone = new Vector<T>(dropped[j..]);
                    if (Vector.EqualsAll(gone, Vector<T>.One))
                    {
                        continue;
                    }
                    var width = Vector.Max(Vector.Min(x1, new Vector<T>(right[j..])) - Vector.Max(x0, new Vector<T>(left[j..])), Vector<T>.Zero);
                    var height = Vector.Max(Vector.Min(y1, new Vector<T>(bottom[j..])) - Vector.Max(y0, new Vector<T>(top[j..])), Vector<T>.Zero);
                    var intersection = width * height;
                    var union = own + new Vector<T>(area[j..]) - intersection;
                    var above = Vector.GreaterThan(union, Vector<T>.Zero) & Vector.GreaterThan(intersection / union, most);
                    Vector.ConditionalSelect(above, Vector<T>.One, gone).CopyTo(dropped[j..]);
                }
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(memory);
        }
    }
}
