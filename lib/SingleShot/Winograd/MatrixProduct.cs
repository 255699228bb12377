using System.Runtime.CompilerServices;

namespace SingleShot.Winograd;

/// <summary>A product of matrices, six rows and two registers of columns at a time: so much fits into the registers of a processor.</summary>
/// <typeparam name="T">A register.</typeparam>
internal static unsafe class MatrixProduct<T> where T : struct, ILanes<T>
{
    /// <summary>Rows of a block of the result.</summary>
    public const int Rows = 6;

    /// <summary>Columns of a block of the result.</summary>
    public static int Columns => 2 * T.Count;

    /// <summary>A number of rows, rounded up to whole blocks.</summary>
    public static int WholeRows(int rows) => (rows + Rows - 1) / Rows * Rows;

    /// <summary>Computes one block of the result: the sum over d of a's column d times b's row d.</summary>
    /// <param name="depth">Number of summands.</param>
    /// <param name="a">Its element of row r at depth d lies at r * aRow + d * aDepth.</param>
    /// <param name="aRow">Numbers from one row of a to the next.</param>
    /// <param name="aDepth">Numbers from one depth of a to the next.</param>
    /// <param name="b">[depth, <see cref="Columns"/>], without gaps.</param>
    /// <param name="result">The first element of the block.</param>
    /// <param name="row">Numbers from one row of the result to the next.</param>
    /// <param name="add">Whether to add to what the block holds, in place of overwriting it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block(int depth, float* a, nint aRow, nint aDepth, float* b, float* result, nint row, bool add)
    {
        T c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        T c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        var lower = a + (3 * aRow);
        for (var d = 0; d < depth; d++)
        {
            var (left, right) = (T.Load(b), T.Load(b + T.Count));
            var x = T.Fill(a[0]);
            (c00, c01) = (T.MultiplyAdd(x, left, c00), T.MultiplyAdd(x, right, c01));
            x = T.Fill(a[aRow]);
            (c10, c11) = (T.MultiplyAdd(x, left, c10), T.MultiplyAdd(x, right, c11));
            x = T.Fill(a[2 * aRow]);
            (c20, c21) = (T.MultiplyAdd(x, left, c20), T.MultiplyAdd(x, right, c21));
            x = T.Fill(lower[0]);
            (c30, c31) = (T.MultiplyAdd(x, left, c30), T.MultiplyAdd(x, right, c31));
            x = T.Fill(lower[aRow]);
            (c40, c41) = (T.MultiplyAdd(x, left, c40), T.MultiplyAdd(x, right, c41));
            x = T.Fill(lower[2 * aRow]);
            (c50, c51) = (T.MultiplyAdd(x, left, c50), T.MultiplyAdd(x, right, c51));
            a += aDepth;
            lower += aDepth;
            b += Columns;
        }
        Give(c00, c01, result, add);
        Give(c10, c11, result + row, add);
        Give(c20, c21, result + (2 * row), add);
        Give(c30, c31, result + (3 * row), add);
        Give(c40, c41, result + (4 * row), add);
        Give(c50, c51, result + (5 * row), add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Give(T left, T right, float* to, bool add)
    {
        if (add)
        {
            (left, right) = (left + T.Load(to), right + T.Load(to + T.Count));
        }
        left.Store(to);
        right.Store(to + T.Count);
    }
}
