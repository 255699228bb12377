using System.Globalization;
using SingleShot.Boxes;

namespace SingleShot.Figures;

/// <summary>A box to draw on a picture.</summary>
/// <param name="Box">Where, in pixels of the picture; it may reach beyond the edge. A box that is not of finite numbers is left out.</param>
/// <param name="Hover">What shows while the mouse is on it; may be empty.</param>
/// <param name="Group">Boxes of one group share a colour, <see cref="Palette.Box"/>; negative for white.</param>
/// <param name="Style">How its outline is drawn.</param>
public sealed record BoxOnImage(BoundingBox Box, string Hover = "", int Group = 0, BoxStyle Style = BoxStyle.Solid)
{
    /// <summary>Text beside the box, on a ground of its colour; none if null.</summary>
    public string? Label { get; init; }

    /// <summary>A mark at the centre of the box.</summary>
    public CenterMark Mark { get; init; }

    /// <summary>A default box, coloured by its feature map, with all there is to know about it as its hover text.</summary>
    /// <param name="box">Where, in pixels of the picture.</param>
    /// <param name="index">Its index among all default boxes, from 0.</param>
    /// <param name="map">Its feature map, from 0.</param>
    /// <param name="row">Row of its cell, from 0 at the top.</param>
    /// <param name="column">Column of its cell, from 0 at the left.</param>
    /// <param name="scale">Its scale, as a fraction of the input's side.</param>
    /// <param name="aspectRatio">Width over height.</param>
    public static BoxOnImage OfDefaultBox(BoundingBox box, int index, int map, int row, int column, double scale, double aspectRatio) => new(
        box,
        string.Create(CultureInfo.InvariantCulture, $"default box {index}\nmap {map}, cell row {row}, column {column}\nscale {scale:0.###}, aspect ratio {aspectRatio:0.###}"),
        map,
        BoxStyle.Solid)
    {
        Mark = CenterMark.Dot,
    };
}
