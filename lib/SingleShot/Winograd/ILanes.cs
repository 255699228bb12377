using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SingleShot.Winograd;

/// <summary>A register of numbers that the processor treats at once.</summary>
/// <typeparam name="TSelf">The type itself, so that the compiler makes code for each width.</typeparam>
internal unsafe interface ILanes<TSelf> where TSelf : struct, ILanes<TSelf>
{
    /// <summary>How many numbers there are.</summary>
    static abstract int Count { get; }

    /// <summary>The numbers that lie in memory one after another.</summary>
    static abstract TSelf Load(float* from);

    /// <summary>The same number everywhere.</summary>
    static abstract TSelf Fill(float number);

    /// <summary>Writes the numbers one after another.</summary>
    void Store(float* to);

    /// <summary>a + b.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>a - b.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>a * b, not a product of matrices.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The numbers, and 0 in place of those below it; NaN stays.</summary>
    static abstract TSelf Rectify(TSelf numbers);

    /// <summary>The gradient of what <see cref="Rectify"/> took: that of its outputs, but 0 where an output is 0.</summary>
    static abstract TSelf RectifyGradient(TSelf outputs, TSelf gradient);
}

/// <summary>Sixteen numbers: AVX-512.</summary>
internal readonly unsafe struct SixteenLanes(Vector512<float> numbers) : ILanes<SixteenLanes>
{
    private readonly Vector512<float> _numbers = numbers;

    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SixteenLanes Load(float* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SixteenLanes Fill(float number) => new(Vector512.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => _numbers.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SixteenLanes operator +(SixteenLanes a, SixteenLanes b) => new(a._numbers + b._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SixteenLanes operator -(SixteenLanes a, SixteenLanes b) => new(a._numbers - b._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SixteenLanes operator *(SixteenLanes a, SixteenLanes b) => new(a._numbers * b._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SixteenLanes MultiplyAdd(SixteenLanes a, SixteenLanes b, SixteenLanes c) => new(Vector512.FusedMultiplyAdd(a._numbers, b._numbers, c._numbers));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SixteenLanes Rectify(SixteenLanes numbers) => new(Avx512F.Max(Vector512<float>.Zero, numbers._numbers)); // of 0 and NaN, the instruction takes the second

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SixteenLanes RectifyGradient(SixteenLanes outputs, SixteenLanes gradient) =>
        new(Vector512.AndNot(gradient._numbers, Vector512.LessThanOrEqual(outputs._numbers, Vector512<float>.Zero)));
}

/// <summary>Eight numbers: AVX2 and FMA.</summary>
internal readonly unsafe struct EightLanes(Vector256<float> numbers) : ILanes<EightLanes>
{
    private readonly Vector256<float> _numbers = numbers;

    public static int Count => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Load(float* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Fill(float number) => new(Vector256.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => _numbers.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator +(EightLanes a, EightLanes b) => new(a._numbers + b._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator -(EightLanes a, EightLanes b) => new(a._numbers - b._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator *(EightLanes a, EightLanes b) => new(a._numbers * b._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes MultiplyAdd(EightLanes a, EightLanes b, EightLanes c) => new(Vector256.FusedMultiplyAdd(a._numbers, b._numbers, c._numbers));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Rectify(EightLanes numbers) => new(Avx.Max(Vector256<float>.Zero, numbers._numbers)); // of 0 and NaN, the instruction takes the second

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes RectifyGradient(EightLanes outputs, EightLanes gradient) =>
        new(Vector256.AndNot(gradient._numbers, Vector256.LessThanOrEqual(outputs._numbers, Vector256<float>.Zero)));
}
