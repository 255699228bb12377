using System.Xml.Linq;
using SingleShot.Boxes;
using SingleShot.Images;
using static SingleShot.Figures.Drawing.Html;

namespace SingleShot.Figures.Drawing;

/// <summary>A picture with boxes on it, as SVG over the image's own bytes: the browser draws lines and text, at any zoom.</summary>
/// <param name="image">The picture.</param>
/// <param name="layers">The boxes, from the lowest layer to the highest.</param>
/// <param name="summary">The picture in words.</param>
/// <param name="inView">Boxes that the picture makes room for beyond its edge; those of the layers if null.</param>
internal sealed class PictureSvg(RgbImage image, IReadOnlyList<PictureLayer> layers, string summary, IReadOnlyList<BoxOnImage>? inView = null)
{
    /// <summary>Of more boxes, those of a group become one path without hover text: 8732 elements would make a notebook slow.</summary>
    private const int MaxWithHover = 1000;

    private readonly List<PictureLayer> _layers = [.. layers.Select(l => l with { Boxes = [.. l.Boxes.Where(b => b.Box.IsFinite)] })];
    private readonly Lazy<string> _source = new(() => Source(image));

    /// <summary>A picture as a link that holds it all.</summary>
    public static string Source(RgbImage image) => "data:image/png;base64," + Convert.ToBase64String(ImageFile.Encode(ScreenCopy.Of(image), ImageFormat.Png));

    /// <summary>The picture as markup, at most so wide, in CSS pixels.</summary>
    public string Render(double maxWidth)
    {
        var view = PictureView.Of(image, inView ?? [.. _layers.SelectMany(l => l.Boxes)], maxWidth);
        var frame = view.Frame;
        return Svg.Root(
            ("viewBox", $"{Number(frame.Left)} {Number(frame.Top)} {Number(frame.Width)} {Number(frame.Height)}"),
            ("width", view.ShownWidth), ("height", view.ShownHeight), ("role", "img"), ("aria-label", summary), ("style", "display:block;max-width:100%;height:auto"))
            .With(
                Svg.Element("style").With(".singleshot-box:hover{fill-opacity:.3;stroke-width:4px}"),
                _layers.Any(l => !l.Stays) || frame != new BoundingBox(0, 0, image.Width, image.Height) ? Ground() : null,
                Svg.Element("image", ("href", _source.Value), ("width", image.Width), ("height", image.Height), ("preserveAspectRatio", "none"),
                    ("style", view.Enlarged ? "image-rendering:pixelated" : null)),
                _layers.Select(layer => Draw(layer, view)),
                _layers.Where(l => l.LabelLayer is not null).Select(l => Svg.Element("g", ("data-layer", l.LabelLayer)).With(BoxLabels.Of(l.Boxes, view))),
                BoxLabels.Of(_layers.Where(l => l.Stays).SelectMany(l => l.Boxes), view))
            .Markup();
    }

    /// <summary>A gray ground, for white and yellow lines would not show beyond the picture on a white page. It is larger than any view that a script may set.</summary>
    private XElement Ground() =>
        Svg.Element("rect", ("x", -image.Width), ("y", -image.Height), ("width", 3 * image.Width), ("height", 3 * image.Height), ("fill", "#808080"));

    private static IEnumerable<XElement> Draw(PictureLayer layer, PictureView view)
    {
        var outlines = layer.Boxes.Count > MaxWithHover ? BoxOutlines.Paths(layer.Boxes) : BoxOutlines.Each(layer.Boxes, view.Unit);
        return layer.Stays ? outlines : [Svg.Element("g", [.. layer.Attributes]).With(outlines, layer.LabelLayer is null ? BoxLabels.Of(layer.Boxes, view) : null)];
    }
}

/// <summary>Boxes of a picture that are drawn together.</summary>
/// <param name="Boxes">The boxes.</param>
/// <param name="Attributes">Attributes of the element that holds them and their labels, by which a script finds it; none for boxes that stay, whose labels lie above all.</param>
internal sealed record PictureLayer(IReadOnlyList<BoxOnImage> Boxes, params IReadOnlyList<(string Name, object? Value)> Attributes)
{
    /// <summary>The name by which a script finds the labels, above all layers; null where they lie with their boxes.</summary>
    public string? LabelLayer { get; init; }

    /// <summary>True for boxes that no script draws anew.</summary>
    public bool Stays => Attributes.Count == 0;

    /// <summary>Objects that a reader may move: a script finds their lines, below what is matched to them, and their labels, above it.</summary>
    public static PictureLayer Objects(IReadOnlyList<BoxOnImage> boxes) => new(boxes, ("data-layer", "objects")) { LabelLayer = "labels" };

    /// <summary>Boxes that the script of an explorer draws anew.</summary>
    public static PictureLayer Moving(IReadOnlyList<BoxOnImage> boxes) => new(boxes, ("data-layer", "moving"));
}
