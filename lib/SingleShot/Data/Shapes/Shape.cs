using SingleShot.Boxes;
using SingleShot.Runtime;

namespace SingleShot.Data.Shapes;

/// <summary>A circle, square, triangle or star, as <see cref="ShapesGenerator"/> draws them.</summary>
/// <remarks>
/// The polygons are turned before their box is taken, so that the box is tight: it touches the outermost corners. Distances to a polygon
/// are those of Quilez, 'Distance functions for 2D': to the nearest edge, negative inside by the even-odd rule.
/// </remarks>
public sealed class Shape
{
    /// <summary>The classes, in the order of their labels.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["circle", "square", "triangle", "star"];

    private const int EllipseCorners = 64; // an ellipse of 60 pixels is a twentieth of a pixel from its chords

    // How far the inner corners of a star lie from its center; less would make tips too thin to see at 15 pixels.
    private const double StarInner = 0.5;

    private readonly (double X, double Y)[] _corners;
    private readonly (double X, double Y) _center;
    private readonly double _radius;

    private Shape(int label, (double X, double Y) center, double radius, (double X, double Y)[] corners) =>
        (Label, _center, _radius, _corners) = (label, center, radius, corners);

    /// <summary>Index of its class in <see cref="ClassNames"/>.</summary>
    public int Label { get; }

    /// <summary>The smallest box about the shape.</summary>
    public BoundingBox Box => _corners.Length == 0
        ? new(_center.X - _radius, _center.Y - _radius, _center.X + _radius, _center.Y + _radius)
        : new(_corners.Min(c => c.X), _corners.Min(c => c.Y), _corners.Max(c => c.X), _corners.Max(c => c.Y));

    /// <summary>Area in square pixels.</summary>
    public double Area => _corners.Length == 0
        ? Math.PI * _radius * _radius
        : Math.Abs(Edges().Sum(edge => edge.From.X * edge.To.Y - edge.To.X * edge.From.Y)) / 2;

    /// <summary>A shape about a center.</summary>
    /// <param name="label">Index of its class in <see cref="ClassNames"/>.</param>
    /// <param name="x">x of the center, in pixels.</param>
    /// <param name="y">y of the center.</param>
    /// <param name="radius">Distance of the outermost points from the center, above 0.</param>
    /// <param name="angle">How far it is turned, in radians; nothing to a circle.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such label, or a radius that is not above 0.</exception>
    public static Shape Create(int label, double x, double y, double radius, double angle)
    {
        Checked.Positive(radius);
        double[] corners = label switch // the radius of each corner, as a fraction
        {
            0 => [],
            1 => [1, 1, 1, 1],
            2 => [1, 1, 1],
            3 => [1, StarInner, 1, StarInner, 1, StarInner, 1, StarInner, 1, StarInner],
            _ => throw new ArgumentOutOfRangeException(nameof(label), label, $"There are {ClassNames.Count} shapes."),
        };
        return new Shape(label, (x, y), radius, [.. corners.Select((fraction, i) =>
        {
            var (sin, cos) = Math.SinCos(angle + 2 * Math.PI * i / corners.Length);
            return (x + radius * fraction * cos, y + radius * fraction * sin);
        })]);
    }

    /// <summary>The shape moved by (<paramref name="x"/>, <paramref name="y"/>).</summary>
    public Shape Shift(double x, double y) =>
        new(Label, (_center.X + x, _center.Y + y), _radius, [.. _corners.Select(corner => (corner.X + x, corner.Y + y))]);

    /// <summary>The shape made wider and higher about its center.</summary>
    /// <param name="width">What its distances along x are multiplied by, above 0.</param>
    /// <param name="height">The same along y.</param>
    /// <returns>Of a circle an ellipse, as a polygon of 64 corners.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A factor is not above 0.</exception>
    public Shape Stretch(double width, double height)
    {
        Checked.Positive(width);
        Checked.Positive(height);
        var corners = _corners.Length == 0 ? Circumference() : _corners;
        return new Shape(Label, _center, _radius, [.. corners.Select(corner =>
            (_center.X + (corner.X - _center.X) * width, _center.Y + (corner.Y - _center.Y) * height))]);
    }

    /// <summary>Distance of a point from the outline, in pixels: negative inside.</summary>
    public double Distance(double x, double y)
    {
        if (_corners.Length == 0)
        {
            var (fromX, fromY) = (x - _center.X, y - _center.Y);
            return Math.Sqrt(fromX * fromX + fromY * fromY) - _radius;
        }
        var nearest = double.PositiveInfinity;
        var inside = false;
        var from = _corners[^1];
        foreach (var to in _corners)
        {
            var (edgeX, edgeY) = (to.X - from.X, to.Y - from.Y);
            var (pointX, pointY) = (x - from.X, y - from.Y);
            var along = Math.Clamp((pointX * edgeX + pointY * edgeY) / (edgeX * edgeX + edgeY * edgeY), 0, 1);
            var (offX, offY) = (pointX - along * edgeX, pointY - along * edgeY);
            nearest = Math.Min(nearest, offX * offX + offY * offY);
            if ((from.Y > y) != (to.Y > y) && x < from.X + edgeX * (y - from.Y) / edgeY)
            {
                inside = !inside;
            }
            from = to;
        }
        return inside ? -Math.Sqrt(nearest) : Math.Sqrt(nearest);
    }

    private (double X, double Y)[] Circumference() => [.. Enumerable.Range(0, EllipseCorners).Select(i =>
    {
        var (sin, cos) = Math.SinCos(2 * Math.PI * i / EllipseCorners);
        return (_center.X + _radius * cos, _center.Y + _radius * sin);
    })];

    private IEnumerable<((double X, double Y) From, (double X, double Y) To)> Edges() =>
        _corners.Select((corner, i) => (corner, _corners[(i + 1) % _corners.Length]));
}
