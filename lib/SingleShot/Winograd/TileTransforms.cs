using System.Runtime.CompilerServices;

namespace SingleShot.Winograd;

/// <summary>
/// The four small matrices of Winograd's convolution F(4 x 4, 3 x 3), each applied to one dimension (Lavin and Gray 2015, arXiv 1509.09308, section 4.3).
/// </summary>
/// <remarks>
/// <para>
/// Six input cells d and three weights g make four output cells: A'((G g) * (B'd)), where ' is the transpose and * multiplies number by number.
/// That takes 6 products in place of 12; in two dimensions 36 in place of 144. The six are a polynomial's values at six points: 0, a, -a, b, -b
/// and infinity, where a is the root of 1/2 and b that of 2. The paper has 1 and 2 in their place, whose powers differ more, and rounding with them.
/// </para>
/// <para>The gradients need the transposes: A of an output's gradient, and G' of the products' gradients.</para>
/// </remarks>
/// <typeparam name="T">A register: each of its lanes is another channel.</typeparam>
internal static unsafe class TileTransforms<T> where T : struct, ILanes<T>
{
    private const float A = 0.70710678f;
    private const float B = 1.41421356f;

    /// <summary>B'd: six input cells to six values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(T d0, T d1, T d2, T d3, T d4, T d5, float* to, nint step)
    {
        Add(-2.5f, d2, d0 + d4).Store(to);
        Pair(Add(-2, d2, d4), A, Add(-2, d1, d3), to + step, step);
        Pair(Add(-0.5f, d2, d4), B, Add(-0.5f, d1, d3), to + (3 * step), step);
        Add(-2.5f, d3, d1 + d5).Store(to + (5 * step));
    }

    /// <summary>A'm: six products to four output cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Y0, T Y1, T Y2, T Y3) Output(T m0, T m1, T m2, T m3, T m4, T m5)
    {
        var (evenA, oddA) = (m1 + m2, T.Fill(A) * (m1 - m2));
        var (evenB, oddB) = (m3 + m4, T.Fill(B) * (m3 - m4));
        return (m0 + evenA + evenB, oddA + oddB, Add(0.5f, evenA, T.Fill(2) * evenB), Add(0.5f, oddA, Add(2, oddB, m5)));
    }

    /// <summary>A y: the gradients of four output cells to those of six products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGradient(T y0, T y1, T y2, T y3, float* to, nint step)
    {
        y0.Store(to);
        Pair(Add(0.5f, y2, y0), A, Add(0.5f, y3, y1), to + step, step);
        Pair(Add(2, y2, y0), B, Add(2, y3, y1), to + (3 * step), step);
        y3.Store(to + (5 * step));
    }

    /// <summary>G g: three weights to six values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights(T g0, T g1, T g2, float* to, nint step)
    {
        g0.Store(to);
        Pair(T.Fill(-2 / 3f) * Add(0.5f, g2, g0), -2 / 3f * A, g1, to + step, step);
        Pair(T.Fill(1 / 6f) * Add(2, g2, g0), 1 / 6f * B, g1, to + (3 * step), step);
        g2.Store(to + (5 * step));
    }

    /// <summary>G'u: the gradients of six values to those of three weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightsGradient(T u0, T u1, T u2, T u3, T u4, T u5, float* to, nint step)
    {
        var (evenA, evenB) = (T.Fill(-2 / 3f) * (u1 + u2), T.Fill(1 / 6f) * (u3 + u4));
        (u0 + evenA + evenB).Store(to);
        Add(-2 / 3f * A, u1 - u2, T.Fill(1 / 6f * B) * (u3 - u4)).Store(to + step);
        Add(0.5f, evenA, Add(2, evenB, u5)).Store(to + (2 * step));
    }

    /// <summary>A polynomial's values at a point and at the point with the other sign, from its even and its odd powers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(T even, float point, T odd, float* to, nint step)
    {
        Add(point, odd, even).Store(to);
        Add(-point, odd, even).Store(to + step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Add(float factor, T a, T b) => T.MultiplyAdd(T.Fill(factor), a, b);
}
