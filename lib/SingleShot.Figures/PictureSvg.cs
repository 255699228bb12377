using System.Text;
using SingleShot.Boxes;
using SingleShot.Images;
using static SingleShot.Figures.Html;

namespace SingleShot.Figures;

/// <summary>A picture with boxes on it, as SVG over the image's own bytes: the browser draws lines and text, at any zoom.</summary>
internal sealed class PictureSvg(RgbImage image, IReadOnlyList<BoxOnImage> boxes, string summary)
{
    /// <summary>Above this, boxes of a group become one path with no hover text: 8732 elements would make a notebook slow.</summary>
    private const int MostWithHover = 1000;

    private readonly List<BoxOnImage> _boxes = [.. boxes.Where(b => PictureView.IsFinite(b.Box))];
    private readonly Lazy<string> _source = new(() => "data:image/png;base64," + Convert.ToBase64String(ImageFile.Encode(ScreenCopy.Of(image), ImageFormat.Png)));

    public string Render(double maxWidth)
    {
        var view = PictureView.Of(image, _boxes, maxWidth);
        var frame = view.Frame;
        var svg = new StringBuilder(_source.Value.Length + 4096);
        svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{Number(frame.Left)} {Number(frame.Top)} {Number(frame.Width)} {Number(frame.Height)}\" ");
        svg.Add($"width=\"{Number(view.ShownWidth)}\" height=\"{Number(view.ShownHeight)}\" role=\"img\" aria-label=\"{Text(summary)}\" ");
        svg.Append("style=\"display:block;max-width:100%;height:auto\">");
        svg.Append("<style>.singleshot-box:hover{fill-opacity:.3;stroke-width:4px}</style>");
        if (frame != new BoundingBox(0, 0, image.Width, image.Height))
        {
            // White lines, and yellow ones, would not show on the margin of a white page.
            svg.Add($"<rect x=\"{Number(frame.Left)}\" y=\"{Number(frame.Top)}\" width=\"{Number(frame.Width)}\" height=\"{Number(frame.Height)}\" fill=\"#808080\"/>");
        }

        svg.Add($"<image href=\"{_source.Value}\" width=\"{image.Width}\" height=\"{image.Height}\" preserveAspectRatio=\"none\"");
        svg.Append(view.Enlarged ? " style=\"image-rendering:pixelated\"/>" : "/>");
        if (_boxes.Count > MostWithHover)
        {
            BoxOutlines.AppendPaths(svg, _boxes);
        }
        else
        {
            BoxOutlines.AppendEach(svg, _boxes, view.Unit);
        }

        BoxLabels.Append(svg, _boxes, view);
        return svg.Append("</svg>").ToString();
    }
}
