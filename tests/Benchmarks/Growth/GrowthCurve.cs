using System.Globalization;

namespace SingleShot.Benchmarks.Growth;

/// <summary>What a piece of work costs at several sizes of one thing.</summary>
/// <param name="Name">The piece of work.</param>
/// <param name="Of">What grows, such as "boxes".</param>
/// <param name="Points">The sizes, rising, and the milliseconds that each took.</param>
internal sealed record GrowthCurve(string Name, string Of, IReadOnlyList<GrowthPoint> Points)
{
    /// <summary>The power of the size with which the time grows between the two largest sizes: 1 is linear, 2 quadratic, 0 none.</summary>
    public double Exponent
    {
        get
        {
            var (smaller, larger) = (Points[^2], Points[^1]);
            return Math.Log(larger.Milliseconds / smaller.Milliseconds) / Math.Log((double)larger.Size / smaller.Size);
        }
    }

    /// <summary>The growth in a word.</summary>
    public string Named => Exponent switch
    {
        < -0.2 => "falls",
        < 0.2 => "none",
        < 0.8 => "less than linear",
        < 1.2 => "linear",
        < 1.8 => "more than linear",
        < 2.2 => "quadratic",
        _ => "more than quadratic",
    };

    /// <summary>A line of a table in Markdown.</summary>
    public string Row() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {Of} | {Time(Points[0])} | {Time(Points[^1])} | {Exponent:0.00} | {Named} |");

    private static string Time(GrowthPoint point) => string.Create(CultureInfo.InvariantCulture, $"{point.Size:#,0}: {point.Milliseconds:#,0.##} ms");
}

/// <summary>One size.</summary>
/// <param name="Size">How many of what grows.</param>
/// <param name="Milliseconds">The median of several times.</param>
internal sealed record GrowthPoint(long Size, double Milliseconds);
