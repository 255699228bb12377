using System.Collections;

namespace SingleShot.Boxes;

/// <summary>The default boxes of a model (section 2.2 of the paper): fixed before training, the same for every image.</summary>
/// <remarks>
/// They come in the order of the network's outputs: map after map from the finest, in a map cell after cell by rows, and in a
/// cell first the square of scale s_k, then the extra square of scale sqrt(s_k s_(k+1)), then for each aspect ratio a the lying
/// box (s_k sqrt(a), s_k / sqrt(a)) and the standing one. A box may reach over the edge of the image; only widths and heights
/// beyond the whole image are cut to it, as the published weights expect.
/// </remarks>
public sealed class DefaultBoxes : IReadOnlyList<DefaultBox>
{
    private readonly DefaultBox[] _boxes;
    private readonly float[] _values; // center and size of each

    /// <summary>Lays out the default boxes of feature maps.</summary>
    /// <param name="maps">The maps, from the finest to the coarsest.</param>
    /// <param name="inputSize">Side of the network's input in pixels, the unit of the maps' steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input has no size.</exception>
    public DefaultBoxes(IReadOnlyList<FeatureMap> maps, int inputSize)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        var boxes = new List<DefaultBox>(maps.Sum(map => map.BoxCount));
        foreach (var (map, number) in maps.Select((map, number) => (map, number)))
        {
            var shapes = Shapes(map).ToArray();
            for (var row = 0; row < map.Size; row++)
            {
                for (var column = 0; column < map.Size; column++)
                {
                    foreach (var (scale, ratio) in shapes)
                    {
                        boxes.Add(new DefaultBox(
                            boxes.Count, number, row, column, scale, ratio,
                            (column + 0.5) * map.Step / inputSize, (row + 0.5) * map.Step / inputSize,
                            Math.Min(scale * Math.Sqrt(ratio), 1), Math.Min(scale / Math.Sqrt(ratio), 1)));
                    }
                }
            }
        }
        _boxes = [.. boxes];
        _values = [.. boxes.SelectMany(box => new[] { (float)box.CenterX, (float)box.CenterY, (float)box.Width, (float)box.Height })];
    }

    /// <summary>How many there are.</summary>
    public int Count => _boxes.Length;

    /// <summary>The box at a place in the order of the network's outputs.</summary>
    public DefaultBox this[int index] => _boxes[index];

    /// <summary>Center and size of each, four numbers a box, as fractions of the input's sides; rounded to float32, as networks are trained on them.</summary>
    public ReadOnlySpan<float> CentersAndSizes => _values;

    /// <inheritdoc/>
    public IEnumerator<DefaultBox> GetEnumerator() => ((IEnumerable<DefaultBox>)_boxes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IEnumerable<(double Scale, double Ratio)> Shapes(FeatureMap map) =>
        [(map.Scale, 1), (Math.Sqrt(map.Scale * map.NextScale), 1), .. map.AspectRatios.SelectMany(ratio => new[] { (map.Scale, ratio), (map.Scale, 1 / ratio) })];
}

/// <summary>One default box: where it comes from, and where it is. Lengths are fractions of the input's side.</summary>
/// <param name="Index">Its place in the order of the network's outputs.</param>
/// <param name="Map">Number of its feature map, from 0, the finest.</param>
/// <param name="Row">Row of its cell.</param>
/// <param name="Column">Column of its cell.</param>
/// <param name="Scale">Side of the square with its area.</param>
/// <param name="AspectRatio">Width over height.</param>
/// <param name="CenterX">x of its center.</param>
/// <param name="CenterY">y of its center.</param>
/// <param name="Width">Its width, at most 1.</param>
/// <param name="Height">Its height, at most 1.</param>
public readonly record struct DefaultBox(
    int Index, int Map, int Row, int Column, double Scale, double AspectRatio,
    double CenterX, double CenterY, double Width, double Height)
{
    /// <summary>The box on a picture of this size, in its pixels; it may reach over the picture's edge.</summary>
    public BoundingBox On(double width, double height) => new(
        (CenterX - Width / 2) * width, (CenterY - Height / 2) * height,
        (CenterX + Width / 2) * width, (CenterY + Height / 2) * height);
}
