using SingleShot.Boxes;

namespace SingleShot.Data.Shapes;

/// <summary>Draws backgrounds and antialiased shapes into the bytes of a square picture.</summary>
internal sealed class ShapePainter
{
    private const int MaxChannelNoise = 12;

    private readonly Random _random;
    private readonly int _size;
    private readonly float[] _background; // size x size x 3, 0 to 255

    /// <summary>Starts with a background: two colors that run into each other, blotches, and grain.</summary>
    public ShapePainter(int size, Random random)
    {
        (_size, _random, _background) = (size, random, new float[size * size * 3]);
        var (from, to) = (Muted(), Muted());
        var (sin, cos) = Math.SinCos(random.NextDouble() * 2 * Math.PI);
        var blotches = new ValueNoise(random, cells: random.Next(2, 9));
        var strength = random.NextDouble() * 60;
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var (u, v) = ((x + 0.5) / size, (y + 0.5) / size);
                var blend = Math.Clamp(0.5 + (u - 0.5) * cos + (v - 0.5) * sin, 0, 1);
                var blotch = (blotches.At(u, v) - 0.5) * strength;
                for (var c = 0; c < 3; c++)
                {
                    _background[(y * size + x) * 3 + c] = (float)(from[c] + (to[c] - from[c]) * blend + blotch);
                }
            }
        }
    }

    /// <summary>Paints a shape over what is there, in a random color that stands out from what it covers.</summary>
    public void Paint(Shape shape)
    {
        var color = Standout(shape.Box);
        var shade = (_random.NextDouble() - 0.5) * 50; // lighter towards one side, so that a shape is no flat patch
        var box = shape.Box;
        ForEachPixel(box, (x, y) =>
        {
            // Half a pixel either side of the outline fades: the share of the pixel that a straight edge there leaves covered.
            var cover = (float)Math.Clamp(0.5 - shape.Distance(x + 0.5, y + 0.5), 0, 1);
            if (cover > 0)
            {
                var light = (float)(shade * ((y - box.Top) / box.Height - 0.5));
                for (var c = 0; c < 3; c++)
                {
                    ref var value = ref _background[(y * _size + x) * 3 + c];
                    value += cover * (color[c] + light - value);
                }
            }
        });
    }

    /// <summary>Writes the picture with grain over everything, as a camera adds it.</summary>
    public void Write(Span<byte> pixels)
    {
        var grain = _random.Next(MaxChannelNoise + 1);
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Clamp(_background[i] + _random.Next(-grain, grain + 1), 0, 255);
        }
    }

    /// <summary>Calls for each pixel that a box touches, or nearly so.</summary>
    public void ForEachPixel(BoundingBox box, Action<int, int> visit)
    {
        var (left, right) = (Math.Max(0, (int)box.Left - 1), Math.Min(_size, (int)box.Right + 2));
        var (top, bottom) = (Math.Max(0, (int)box.Top - 1), Math.Min(_size, (int)box.Bottom + 2));
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                visit(x, y);
            }
        }
    }

    private float[] Muted()
    {
        var middle = 60 + _random.NextDouble() * 135;
        return [.. Enumerable.Range(0, 3).Select(_ => (float)(middle + (_random.NextDouble() - 0.5) * 60))];
    }

    private float[] Standout(BoundingBox box)
    {
        const double least = 100; // distance in RGB that is plain to see through the grain
        var at = ((int)((box.Top + box.Bottom) / 2) * _size + (int)((box.Left + box.Right) / 2)) * 3;
        float[] color;
        do
        {
            color = [.. Enumerable.Range(0, 3).Select(_ => (float)_random.Next(256))];
        }
        while (Enumerable.Range(0, 3).Sum(c => Math.Pow(color[c] - _background[at + c], 2)) < least * least);
        return color;
    }
}
