using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace SingleShot.Data.Voc;

/// <summary>Opens the XML of an annotation file in whichever encoding it is, and whatever document type it names.</summary>
internal static class VocDocument
{
    // A document type is passed over, nothing of it is fetched, and no entity of it is expanded.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };

    // XML readers ask the framework for the encodings that files declare, and it knows only Unicode's until it is told of others.
    static VocDocument() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The outermost element.</summary>
    /// <param name="path">The file.</param>
    /// <param name="leniencies">Gets a note where the encoding is not the one that the file declares.</param>
    /// <exception cref="XmlException">Not XML.</exception>
    /// <exception cref="IOException">The file is missing or cannot be opened.</exception>
    public static XElement Load(string path, Leniencies leniencies)
    {
        var bytes = File.ReadAllBytes(path); // from a path, XmlReader makes an address, in which a % means something else
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), Settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException)
        {
            // Maybe only the encoding is not what it says: a text that one can read brings no such complaint. Its declaration is not heeded.
            using var reader = XmlReader.Create(new StringReader(TextFile.Decode(bytes).Text), Settings);
            var root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
            leniencies.Note("the text is not in the encoding that it declares; taken for UTF-8, else for Windows-1252", path);
            return root;
        }
    }

    /// <summary>The first child of a name, in whichever namespace.</summary>
    public static XElement? Child(this XElement? element, string name) => element?.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>The line that the element begins on.</summary>
    public static int Line(this XElement element) => ((IXmlLineInfo)element).LineNumber;
}
