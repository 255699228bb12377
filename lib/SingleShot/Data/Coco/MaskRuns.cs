namespace SingleShot.Data.Coco;

/// <summary>A mask as COCO has it: how many pixels are without, then within, then without, down the columns from the left.</summary>
internal static class MaskRuns
{
    private const int FirstCharacter = '0';
    private const int DigitBits = 5;

    /// <summary>The box around the pixels within.</summary>
    /// <param name="runs">The lengths, that without first.</param>
    /// <param name="height">Pixels of a column.</param>
    /// <returns>Null where there is no pixel within, or a length is negative.</returns>
    public static CocoBox? Box(IReadOnlyList<long> runs, long height)
    {
        var (left, top, right, bottom, at) = (long.MaxValue, long.MaxValue, 0L, 0L, 0L);
        for (var i = 0; i < runs.Count; i++)
        {
            if (runs[i] < 0 || runs[i] > long.MaxValue - at)
            {
                return null;
            }
            var (first, last) = (at, at + runs[i] - 1);
            at += runs[i];
            if (i % 2 == 0 || runs[i] == 0)
            {
                continue;
            }
            var (firstColumn, lastColumn) = (first / height, last / height);
            var isOneColumn = firstColumn == lastColumn;
            (left, right) = (Math.Min(left, firstColumn), Math.Max(right, lastColumn + 1));
            (top, bottom) = (Math.Min(top, isOneColumn ? first % height : 0), Math.Max(bottom, isOneColumn ? last % height + 1 : height));
        }
        return right > 0 ? new CocoBox(left, top, right - left, bottom - top) : null;
    }

    /// <summary>The lengths out of COCO's text for them.</summary>
    /// <remarks>
    /// Each is written in digits of five bits, the lowest first, the sixth bit telling that another follows and the highest bit of the last
    /// being its sign; from the fourth on it is the difference to the one two before.
    /// </remarks>
    /// <returns>Null where the text is none of these.</returns>
    public static List<long>? Unpack(string text)
    {
        var runs = new List<long>();
        for (var at = 0; at < text.Length;)
        {
            var (value, shift, digit) = (0L, 0, 0);
            do
            {
                digit = at < text.Length ? text[at++] - FirstCharacter : -1;
                if (digit is < 0 or > 63 || shift > 55)
                {
                    return null;
                }
                value |= (long)(digit & 31) << shift;
                shift += DigitBits;
            }
            while ((digit & 32) != 0);
            if ((digit & 16) != 0)
            {
                value |= -1L << shift;
            }
            runs.Add(runs.Count > 2 ? value + runs[^2] : value);
        }
        return runs;
    }
}
