using System.Globalization;
using System.Xml.Linq;

namespace SingleShot.Figures.Drawing;

/// <summary>Drawings in SVG, built as XML: whatever a caller's text holds, it stays text.</summary>
internal static class Svg
{
    /// <summary>Size of the text in all drawings, in CSS pixels.</summary>
    public const double FontSize = 13;

    /// <summary>Attributes of a drawing whose text has the color of the page around it.</summary>
    public static readonly (string Name, object? Value)[] Font = [("font-family", "sans-serif"), ("font-size", FontSize), ("fill", "currentColor")];

    private static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    /// <summary>The element that holds a whole drawing.</summary>
    public static XElement Root(params ReadOnlySpan<(string Name, object? Value)> attributes) => Element("svg", [("xmlns", Namespace.NamespaceName), .. attributes]);

    /// <summary>An element and its attributes; those that are null are left out, and fractions have two decimals.</summary>
    public static XElement Element(string name, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        var element = new XElement(Namespace + name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                element.Add(new XAttribute(attribute, value switch
                {
                    double number => Html.Number(number),
                    string text => Html.Printable(text),
                    _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
                }));
            }
        }

        return element;
    }

    /// <summary>A line of text. It begins, ends or has its middle at a place, as <c>text-anchor</c> says; null to begin there.</summary>
    public static XElement Words(double x, double y, string text, string? anchor = null) => Element("text", ("x", x), ("y", y), ("text-anchor", anchor)).With(text);

    /// <summary>The text that a browser shows while the mouse rests on the element around this one.</summary>
    public static XElement Title(string text) => Element("title").With(text);

    /// <summary>Puts text and other elements into an element.</summary>
    /// <returns>The element itself.</returns>
    public static XElement With(this XElement element, params IEnumerable<object?> content)
    {
        element.Add(content.Select(part => part is string text ? Html.Printable(text) : part));
        return element;
    }

    /// <summary>The drawing as markup, with no white space between its elements.</summary>
    public static string Markup(this XElement drawing) => drawing.ToString(SaveOptions.DisableFormatting);

    /// <summary>About the width of a text in CSS pixels: that of Arial and Helvetica, and a little more, because some systems have wider fonts.</summary>
    public static double TextWidth(string text) => text.Sum(c => FontSize * c switch
    {
        >= '\u1100' => 1.0, // East Asian
        'i' or 'j' or 'l' or '\'' or '|' => 0.24,
        'f' or 't' or 'I' or '.' or ',' or ':' or ';' or '!' or '/' or ' ' => 0.3,
        'r' or '(' or ')' or '[' or ']' or '-' => 0.35,
        'c' or 'k' or 's' or 'v' or 'x' or 'y' or 'z' or 'J' => 0.53,
        'm' or 'M' or '%' or '@' => 0.9,
        'w' => 0.76,
        'W' => 0.98,
        >= 'A' and <= 'Z' => 0.71,
        _ => 0.59,
    });
}
