namespace SingleShot.Figures.Drawing;

/// <summary>Boxes of a picture that a script finds together.</summary>
/// <param name="Boxes">The boxes.</param>
/// <param name="Attributes">Attributes of the group element that holds them with their labels; null for boxes that stay, whose labels lie above all.</param>
internal sealed record PictureLayer(IReadOnlyList<BoxOnImage> Boxes, string? Attributes = null)
{
    /// <summary>Boxes that the script of an explorer draws anew.</summary>
    public static PictureLayer Moving(IReadOnlyList<BoxOnImage> boxes) => new(boxes, "data-layer=\"moving\"");
}
