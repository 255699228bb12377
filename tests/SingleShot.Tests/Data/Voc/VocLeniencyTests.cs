using System.Text;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Voc;
using SingleShot.Images;
using Xunit;

namespace SingleShot.Tests.Data.Voc;

public sealed class VocLeniencyTests : IDisposable
{
    private const string Bear = "<size><width>64</width><height>48</height></size><object><name>Bär</name>"
        + "<bndbox><xmin>5</xmin><ymin>6</ymin><xmax>30</xmax><ymax>40</ymax></bndbox></object>";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("photo (1)", "photo (1)")]
    [InlineData("photo (1)  -1", "photo (1)")]
    [InlineData("photo (1) 1", "photo (1)")]
    [InlineData("photo (1)\t0", "photo (1)")]
    [InlineData("photo 1", "photo 1")]
    [InlineData("photo 1 1", "photo 1")]
    [InlineData(" photo 1 \r", "photo 1")]
    public void WholeLine_IsTheId_ButForAFlagAtItsEnd(string line, string id)
    {
        Add("photo (1)", Bear);
        Add("photo 1", Bear);
        var set = Read(line);
        set.Samples.Select(sample => sample.Id).Should().Equal(id);
        set.Problems.Should().BeEmpty();
    }

    [Fact]
    public void ListOfPictureFiles_IsReadByTheirNames_AndTold()
    {
        Add("a", Bear);
        var set = Read("a.jpg");
        set.Samples[0].Id.Should().Be("a");
        set.Problems.Should().ContainSingle().Which.Should().EndWith("an image is listed with the extension of its picture (1 times, first 'a.jpg')");
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\" encoding=\"windows-1252\"?>", 1252, false)]
    [InlineData("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", 28591, false)]
    [InlineData("<?xml version=\"1.0\" encoding=\"iso-8859-15\"?>", 28605, false)]
    [InlineData("<?xml version=\"1.0\" encoding=\"ibm850\"?>", 850, false)]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-16\"?>", 1200, false)]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-16\"?>", 65001, true)]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-8\"?>", 1252, true)]
    [InlineData("<?xml version=\"1.0\" encoding=\"nobody-1\"?>", 65001, true)]
    [InlineData("", 1252, true)]
    [InlineData("", 65001, false)]
    public void AnyEncoding_IsRead_AndToldWhereItIsNotTheOneDeclared(string declaration, int codePage, bool told)
    {
        Add("a", "");
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        File.WriteAllBytes(_folder.File("Annotations", "a.xml"), [.. codePage == 1200 ? encoding.GetPreamble() : [], .. encoding.GetBytes($"{declaration}<annotation>{Bear}</annotation>")]);
        var set = Read("a");
        set.ClassNames.Should().Equal("Bär");
        set.Findings.Select(finding => finding.Kind).Should().Equal(told ? [FindingKind.Leniency] : []);
    }

    [Theory]
    [InlineData("<!DOCTYPE annotation>")]
    [InlineData("<!DOCTYPE annotation SYSTEM \"http://localhost:1/none.dtd\">")]
    [InlineData("<!DOCTYPE annotation [<!ELEMENT annotation ANY>]>")]
    public void DocumentType_IsPassedOver(string type)
    {
        Add("a", "");
        _folder.Write($"{type}<annotation>{Bear}</annotation>", "Annotations", "a.xml");
        Read("a").Samples[0].Truths.Should().ContainSingle();
    }

    [Fact]
    public void EntityOfADocumentType_IsNotExpanded()
    {
        Add("a", "");
        Add("b", Bear);
        _folder.Write($"<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><annotation>{Bear}&e;</annotation>", "Annotations", "a.xml");
        var set = Read("a", "b");
        set.Samples.Should().ContainSingle();
        set.Problems.Should().ContainSingle().Which.Should().Match("*a.xml: line 1: not an annotation: *'e'*").And.NotContain("XmlReader");
    }

    [Theory]
    [InlineData("DSC1", "JPEGImages/DSC1.JPG", "Annotations/DSC1.xml", "")]
    [InlineData("DSC1", "JPEGImages/dsc1.jpg", "Annotations/DSC1.xml", "")]
    [InlineData("DSC1", "JPEGImages/DSC1.Png", "Annotations/dsc1.XML", "")]
    [InlineData("1", "JPEGImages/other.JPEG", "Annotations/1.xml", "<filename>C:\\photos\\other.jpeg</filename>")]
    [InlineData("1", "JPEGImages/1.bmp", "Annotations/1.xml", "<filename/>")]
    [InlineData("e\u0301", "JPEGImages/\u00e9.jpg", "Annotations/\u00e9.xml", "")]
    public void UpperAndLowerCase_AreTheSame(string id, string picture, string annotation, string name)
    {
        _folder.Write("", picture.Split('/'));
        _folder.Write($"<annotation>{name}{Bear}</annotation>", annotation.Split('/'));
        var set = Read(id);
        set.Samples.Should().ContainSingle().Which.ImagePath.Should().EndWith(picture.Split('/')[1]);
        set.Findings.Should().AllSatisfy(finding => finding.Kind.Should().Be(FindingKind.Leniency));
    }

    [Theory]
    [InlineData("<size><width>0</width><height>0</height><depth>3</depth></size>")]
    [InlineData("<size/>")]
    [InlineData("")]
    public void SizeThatIsMissing_IsThePicturesOwn(string size)
    {
        ImageFile.Write(_folder.File("JPEGImages", "a.jpg"), Pictures.Plain(64, 48, 9, 9, 9));
        _folder.Write($"<annotation>{size}{Bear[Bear.IndexOf("<object>", StringComparison.Ordinal)..]}</annotation>", "Annotations", "a.xml");
        var set = Read("a");
        (set.Samples[0].Width, set.Samples[0].Height).Should().Be((64, 48));
        set.Samples[0].Truths.Should().Equal(new GroundTruth(new BoundingBox(4, 5, 30, 40), 0));
        set.Problems.Should().ContainSingle().Which.Should().EndWith("an annotation has no size of the image; the picture's own is taken (1 times, first image a)");
    }

    [Fact]
    public void DecimalComma_IsADecimalPoint_AndTold()
    {
        Add("a", Bear.Replace("<xmin>5<", "<xmin>5,5<", StringComparison.Ordinal));
        var set = Read("a");
        set.Samples[0].Truths[0].Box.Left.Should().Be(4.5);
        set.Problems.Should().ContainSingle().Which.Should().Contain("a number has a decimal comma (1 times, first '5,5'");
    }

    [Fact]
    public void Namespace_LosesNoObject()
    {
        Add("a", "");
        _folder.Write($"<annotation xmlns=\"urn:voc\">{Bear}</annotation>", "Annotations", "a.xml");
        Read("a").Samples[0].Truths.Should().ContainSingle();
    }

    private DataSet Read(params string[] lines)
    {
        _folder.Write(string.Join('\n', lines), "ImageSets", "Main", "train.txt");
        return VocReader.Read(_folder.Path, "train");
    }

    private void Add(string id, string content)
    {
        _folder.Write($"<annotation>{content}</annotation>", "Annotations", $"{id}.xml");
        _folder.Write("", "JPEGImages", $"{id}.jpg");
    }
}
