using System.Globalization;
using System.Xml.Linq;

namespace Workbook.Book.Formulas;

/// <summary>MathML's elements, in the part of it that browsers share (MathML Core).</summary>
internal static class MathElements
{
    public static XElement Identifier(string text) => new("mi", text);

    /// <summary>Upright letters; one letter alone would lean without being told.</summary>
    public static XElement Upright(string text) => text.Length == 1 ? new XElement("mi", new XAttribute("mathvariant", "normal"), text) : Identifier(text);

    public static XElement Number(string text) => new("mn", text);

    public static XElement Operator(string text) => new("mo", text);

    /// <summary>A bracket or bar: as tall as the text, or as what it stands around.</summary>
    public static XElement Fence(string text, bool grows, bool isOpen) => new(
        "mo",
        new XAttribute("fence", "true"),
        new XAttribute("form", isOpen ? "prefix" : "postfix"),
        new XAttribute("stretchy", grows ? "true" : "false"),
        text);

    /// <summary>A bar or slash with no side of its own, and no space about it.</summary>
    public static XElement Bar(string text, bool grows = false) => new(
        "mo", new XAttribute("lspace", "0"), new XAttribute("rspace", "0"), new XAttribute("stretchy", grows ? "true" : "false"), text);

    public static XElement Space(double em) => new("mspace", new XAttribute("width", em.ToString("0.####", CultureInfo.InvariantCulture) + "em"));

    /// <summary>Text with its spaces, which MathML would else drop at the ends.</summary>
    public static XElement Text(string text) => new("mtext", text.Replace(' ', '\u00a0'));

    /// <summary>One element for many: itself where it is alone.</summary>
    public static XElement Row(IReadOnlyList<XElement> parts) => parts.Count == 1 ? parts[0] : new XElement("mrow", parts);
}
