using System.Text.RegularExpressions;
using System.Xml.Linq;
using SingleShot.Figures.Drawing;
using SingleShot.Images;

namespace SingleShot.Tests.Figures;

/// <summary>Reads figures back.</summary>
internal static class Markup
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static XElement SvgOf(Figure figure) => XElement.Parse(Regex.Match(figure.ToHtml(), "<svg.*?</svg>", RegexOptions.Singleline).Value);

    public static IEnumerable<XElement> Boxes(XElement svg) => svg.Descendants(Svg + "rect").Where(r => (string?)r.Attribute("class") == "singleshot-box");

    public static double Number(this XElement element, string name) => (double)element.Attribute(name)!;

    public static RgbImage Noise(int width, int height) => RgbImage.Create(width, height, new Random(1).NextBytes);

    public static RgbImage Gray(int width, int height) => RgbImage.Create(width, height, pixels => pixels.Fill(128));
}
