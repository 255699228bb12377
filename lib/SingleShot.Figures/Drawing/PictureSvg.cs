using System.Text;
using SingleShot.Boxes;
using SingleShot.Images;
using static SingleShot.Figures.Html;

namespace SingleShot.Figures.Drawing;

/// <summary>A picture with boxes on it, as SVG over the image's own bytes: the browser draws lines and text, at any zoom.</summary>
/// <param name="image">The picture.</param>
/// <param name="layers">The boxes, from the lowest layer to the highest.</param>
/// <param name="summary">The picture in words.</param>
/// <param name="inView">Boxes that the picture makes room for beyond its edge; those of the layers if null.</param>
internal sealed class PictureSvg(RgbImage image, IReadOnlyList<PictureLayer> layers, string summary, IReadOnlyList<BoxOnImage>? inView = null)
{
    /// <summary>Above this, boxes of a group become one path with no hover text: 8732 elements would make a notebook slow.</summary>
    private const int MostWithHover = 1000;

    private readonly List<PictureLayer> _layers = [.. layers.Select(l => l with { Boxes = [.. l.Boxes.Where(b => PictureView.IsFinite(b.Box))] })];
    private readonly Lazy<string> _source = new(() => "data:image/png;base64," + Convert.ToBase64String(ImageFile.Encode(ScreenCopy.Of(image), ImageFormat.Png)));

    public string Render(double maxWidth)
    {
        var view = PictureView.Of(image, inView ?? [.. _layers.SelectMany(l => l.Boxes)], maxWidth);
        var frame = view.Frame;
        var svg = new StringBuilder(_source.Value.Length + 4096);
        svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{Number(frame.Left)} {Number(frame.Top)} {Number(frame.Width)} {Number(frame.Height)}\" ");
        svg.Add($"width=\"{Number(view.ShownWidth)}\" height=\"{Number(view.ShownHeight)}\" role=\"img\" aria-label=\"{Text(summary)}\" ");
        svg.Append("style=\"display:block;max-width:100%;height:auto\">");
        svg.Append("<style>.singleshot-box:hover{fill-opacity:.3;stroke-width:4px}</style>");
        if (_layers.Any(l => l.Attributes is not null) || frame != new BoundingBox(0, 0, image.Width, image.Height))
        {
            // White lines, and yellow ones, would not show on the margin of a white page. A script may widen the view: the ground is wider than any.
            svg.Add($"<rect x=\"{-image.Width}\" y=\"{-image.Height}\" width=\"{3 * image.Width}\" height=\"{3 * image.Height}\" fill=\"#808080\"/>");
        }

        svg.Add($"<image href=\"{_source.Value}\" width=\"{image.Width}\" height=\"{image.Height}\" preserveAspectRatio=\"none\"");
        svg.Append(view.Enlarged ? " style=\"image-rendering:pixelated\"/>" : "/>");
        foreach (var layer in _layers)
        {
            Append(svg, layer, view);
        }

        foreach (var layer in _layers.Where(l => l.LabelAttributes is not null))
        {
            svg.Add($"<g {layer.LabelAttributes}>");
            BoxLabels.Append(svg, layer.Boxes, view);
            svg.Append("</g>");
        }

        BoxLabels.Append(svg, _layers.Where(l => l.Attributes is null).SelectMany(l => l.Boxes), view);
        return svg.Append("</svg>").ToString();
    }

    private static void Append(StringBuilder svg, PictureLayer layer, PictureView view)
    {
        svg.Append(layer.Attributes is null ? "" : $"<g {layer.Attributes}>");
        if (layer.Boxes.Count > MostWithHover)
        {
            BoxOutlines.AppendPaths(svg, layer.Boxes);
        }
        else
        {
            BoxOutlines.AppendEach(svg, layer.Boxes, view.Unit);
        }

        if (layer is { Attributes: not null, LabelAttributes: null })
        {
            BoxLabels.Append(svg, layer.Boxes, view);
        }

        svg.Append(layer.Attributes is null ? "" : "</g>");
    }
}
