namespace SingleShot.Data.Shapes;

/// <summary>Smooth noise: random values at the corners of a grid, blended in between.</summary>
internal sealed class ValueNoise
{
    private readonly double[] _values; // (cells + 1) x (cells + 1)
    private readonly int _cells;

    /// <summary>Draws the values of a grid of <paramref name="cells"/> x <paramref name="cells"/> cells over the unit square.</summary>
    public ValueNoise(Random random, int cells)
    {
        _cells = cells;
        _values = [.. Enumerable.Range(0, (cells + 1) * (cells + 1)).Select(_ => random.NextDouble())];
    }

    /// <summary>The value at a point of the unit square, 0 to 1.</summary>
    public double At(double u, double v)
    {
        var (column, x) = Split(u);
        var (row, y) = Split(v);
        var at = row * (_cells + 1) + column;
        return Blend(Blend(_values[at], _values[at + 1], x), Blend(_values[at + _cells + 1], _values[at + _cells + 2], x), y);
    }

    private (int Cell, double Fraction) Split(double position)
    {
        var cell = Math.Min((int)(position * _cells), _cells - 1);
        var fraction = position * _cells - cell;
        return (cell, fraction * fraction * (3 - 2 * fraction)); // level at the corners, so that no grid shows
    }

    private static double Blend(double from, double to, double share) => from + (to - from) * share;
}
