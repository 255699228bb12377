using SingleShot.Boxes;
using SingleShot.Detection;
using SingleShot.Images;
using static System.FormattableString;

namespace SingleShot.Figures.Drawing;

/// <summary>A box to draw on a picture.</summary>
/// <param name="Box">Where, in pixels of the picture; it may reach beyond the edge. A box that is not of finite numbers is left out.</param>
/// <param name="Hover">What shows while the mouse is on it; may be empty.</param>
/// <param name="Group">Boxes of one group share a color, <see cref="Palette.Box"/>; negative for white.</param>
/// <param name="Style">How its outline is drawn.</param>
public sealed record BoxOnImage(BoundingBox Box, string Hover = "", int Group = 0, BoxStyle Style = BoxStyle.Solid)
{
    /// <summary>Text beside the box, on a ground of its color; none if null.</summary>
    public string? Label { get; init; }

    /// <summary>A mark at the center of the box.</summary>
    public CenterMark Mark { get; init; }

    /// <summary>A detection in the color of its class, labeled with the class's name and the score.</summary>
    /// <param name="found">The detection.</param>
    public static BoxOnImage Of(DetectedObject found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return new BoxOnImage(found.Box, Invariant($"{found.ClassName}, score {found.Score:0.000}"), found.Label) { Label = Invariant($"{found.ClassName} {found.Score:0.00}") };
    }

    /// <summary>A default box, colored by its feature map, with all there is to know about it as its hover text.</summary>
    /// <param name="box">The default box.</param>
    /// <param name="image">The picture that it is to lie on.</param>
    public static BoxOnImage Of(DefaultBox box, RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new BoxOnImage(
            box.On(image.Width, image.Height),
            Invariant($"default box {box.Index}\nmap {box.Map}, cell row {box.Row}, column {box.Column}\nscale {box.Scale:0.###}, aspect ratio {box.AspectRatio:0.###}"),
            box.Map)
        {
            Mark = CenterMark.Dot,
        };
    }
}

/// <summary>How the outline of a box is drawn.</summary>
public enum BoxStyle
{
    /// <summary>A thin line, for many boxes at once.</summary>
    Thin,

    /// <summary>A line of two pixels.</summary>
    Solid,

    /// <summary>A line of four pixels.</summary>
    Thick,

    /// <summary>Dashes.</summary>
    Dashed,

    /// <summary>Dots.</summary>
    Dotted,
}

/// <summary>A mark at the center of a box.</summary>
public enum CenterMark
{
    /// <summary>No mark.</summary>
    None,

    /// <summary>A dot.</summary>
    Dot,

    /// <summary>A diamond.</summary>
    Diamond,
}
