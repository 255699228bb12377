using System.Globalization;
using System.Numerics;
using static SingleShot.Weights.Tensors.FormatRule;

namespace SingleShot.Weights.Pickle;

/// <summary>Numbers and texts as the older instructions spell them.</summary>
internal static class PickleNumber
{
    // Numbers longer than this have no use among weights, and those of a million digits are slow to make.
    private const int MaxBytes = 1024;

    /// <summary>A whole number of this many bytes, little-endian, two's complement.</summary>
    /// <returns>A long where it fits, else a BigInteger.</returns>
    public static object Whole(PickleInput input, int length)
    {
        Require(length is >= 0 and <= MaxBytes, $"its pickle has a number of {(uint)length} bytes.");
        return Fit(new BigInteger(input.Bytes(length)));
    }

    /// <summary>A whole number in digits.</summary>
    /// <returns>A long where it fits, else a BigInteger.</returns>
    public static object Whole(string digits) => long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small)
        ? small
        : digits.Length <= MaxBytes && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Fit(number)
            : throw NoNumber();

    /// <summary>A number from 0 that a value is kept under.</summary>
    public static long Index(string digits) => Whole(digits) is long index and >= 0 ? index : throw NoNumber();

    /// <summary>A floating-point number.</summary>
    public static double Floating(string text) => text switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw NoNumber(),
    };

    private static object Fit(BigInteger number)
    {
        object small = number >= long.MinValue && number <= long.MaxValue ? (long)number : 0L;
        return number == (long)small ? small : number;
    }

    private static InvalidDataException NoNumber() => new("its pickle has a number that is none: the file is damaged. Fetch it again.");
}
