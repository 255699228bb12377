using System.Globalization;

namespace SingleShot.Figures.Plotting;

/// <summary>Counts of values in intervals of equal width; a value on the border of two counts in the upper one.</summary>
internal sealed record Histogram(double From, double To, int[] Counts)
{
    public double BinWidth => (To - From) / Counts.Length;

    public double[] Middles => [.. Counts.Select((_, i) => From + (i + 0.5) * BinWidth)];

    public string[] Names => [.. Counts.Select((_, i) =>
        string.Create(CultureInfo.InvariantCulture, $"{From + i * BinWidth:G4} to {From + (i + 1) * BinWidth:G4}"))];

    public static Histogram Of(IEnumerable<double> values, int bins)
    {
        var finite = values.Where(double.IsFinite).ToList();
        var (from, to) = (finite.DefaultIfEmpty(0).Min(), finite.DefaultIfEmpty(1).Max());
        if (from == to)
        {
            (from, to) = (from - 0.5, to + 0.5);
        }

        var counts = new int[bins];
        foreach (var value in finite)
        {
            counts[Math.Min(bins - 1, (int)((value - from) / (to - from) * bins))]++;
        }

        return new Histogram(from, to, counts);
    }
}
