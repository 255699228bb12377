namespace SingleShot.Data.Shapes;

/// <summary>Places shapes in a square so that each can still be told: none is hidden by more than two fifths.</summary>
internal static class ShapeScene
{
    private const double EmptyShare = 0.03;
    private const int MaxShapes = 5;
    private const double MinSide = 0.15;
    private const double MaxSide = 0.70;
    private const double MaxLength = 0.95; // of a shape that is drawn out
    private const double MaxHidden = 0.4;
    private const int Trials = 20;

    /// <summary>Draws where the shapes of one picture are, from the rearmost to the foremost; now and then there are none.</summary>
    /// <param name="size">Side of the picture, in pixels.</param>
    /// <param name="stretch">How many times as long as wide the shapes are drawn, at least 1.</param>
    /// <param name="random">The only source of chance.</param>
    public static IReadOnlyList<Shape> Draw(int size, double stretch, Random random)
    {
        var shapes = new List<Shape>();
        var pixels = new List<int>(); // how many pixels each shape covers
        var top = new int[size * size]; // 1 + index of the shape on top
        var wanted = random.NextDouble() < EmptyShare ? 0 : random.Next(1, MaxShapes + 1);
        for (var trial = 0; trial < Trials * wanted && shapes.Count < wanted; trial++)
        {
            var shape = Place(size, stretch, random);
            var mask = Mask(shape, size);
            if (mask.Count > 0 && LeavesOthersVisible(mask, top, pixels))
            {
                shapes.Add(shape);
                pixels.Add(mask.Count);
                mask.ForEach(at => top[at] = shapes.Count);
            }
        }
        return shapes;
    }

    /// <summary>Makes a shape at a random place. The longer side of its box, before it is stretched, is log-uniform between 0.15 and 0.7 of the picture's side.</summary>
    private static Shape Place(int size, double stretch, Random random)
    {
        var side = size * MinSide * Math.Pow(MaxSide / MinSide, random.NextDouble());
        var label = random.Next(Shape.ClassNames.Count);
        var angle = random.NextDouble() * 2 * Math.PI;
        var unit = Shape.Create(label, 0, 0, 1, angle).Box;
        var shape = DrawOut(Shape.Create(label, 0, 0, side / Math.Max(unit.Width, unit.Height), angle), size, stretch, random);
        var x = random.NextDouble() * (size - shape.Box.Width);
        var y = random.NextDouble() * (size - shape.Box.Height);
        return shape.Shift(x - shape.Box.Left, y - shape.Box.Top);
    }

    /// <summary>Stretches a shape to its side or upwards, at the same area unless it would not fit.</summary>
    private static Shape DrawOut(Shape shape, int size, double stretch, Random random)
    {
        if (stretch == 1)
        {
            return shape; // draws no number: these pictures stay what they were before there was any stretching
        }
        var (longer, shorter) = (Math.Sqrt(stretch), 1 / Math.Sqrt(stretch));
        var (width, height) = random.Next(2) == 0 ? (longer, shorter) : (shorter, longer);
        var length = Math.Max(shape.Box.Width * width, shape.Box.Height * height);
        var fit = Math.Min(1, size * MaxLength / length);
        return shape.Stretch(width * fit, height * fit);
    }

    private static List<int> Mask(Shape shape, int size)
    {
        var mask = new List<int>();
        var box = shape.Box;
        for (var y = (int)box.Top; y < Math.Min(size, box.Bottom); y++)
        {
            for (var x = (int)box.Left; x < Math.Min(size, box.Right); x++)
            {
                if (shape.Distance(x + 0.5, y + 0.5) < 0)
                {
                    mask.Add(y * size + x);
                }
            }
        }
        return mask;
    }

    private static bool LeavesOthersVisible(List<int> mask, int[] top, List<int> pixels)
    {
        var visible = new int[pixels.Count + 1];
        foreach (var owner in top)
        {
            visible[owner]++;
        }
        foreach (var at in mask)
        {
            visible[top[at]]--;
        }
        return pixels.Index().All(shape => visible[shape.Index + 1] >= (1 - MaxHidden) * shape.Item);
    }
}
