namespace SingleShot.Figures.Drawing;

/// <summary>Boxes of a picture that a script finds together.</summary>
/// <param name="Boxes">The boxes.</param>
/// <param name="Attributes">Attributes of the group element that holds them with their labels; null for boxes that stay, whose labels lie above all.</param>
internal sealed record PictureLayer(IReadOnlyList<BoxOnImage> Boxes, string? Attributes = null)
{
    /// <summary>Attributes of the group element, above all layers, that holds the labels; null where they lie as <see cref="Attributes"/> says.</summary>
    public string? LabelAttributes { get; init; }

    /// <summary>Objects that a reader may move: a script finds their lines, below what is matched to them, and their labels, above it.</summary>
    public static PictureLayer Objects(IReadOnlyList<BoxOnImage> boxes) => new(boxes, "data-layer=\"objects\"") { LabelAttributes = "data-layer=\"labels\"" };

    /// <summary>Boxes that the script of an explorer draws anew.</summary>
    public static PictureLayer Moving(IReadOnlyList<BoxOnImage> boxes) => new(boxes, "data-layer=\"moving\"");
}
