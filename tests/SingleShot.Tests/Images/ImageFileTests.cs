using AwesomeAssertions;
using SingleShot.Images;
using SingleShot.Tests.Data;
using SkiaSharp;
using Xunit;

namespace SingleShot.Tests.Images;

public sealed class ImageFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Png_ReadsBackEveryByte()
    {
        var image = Pictures.Noise(37, 23, seed: 1);
        var path = _folder.File("a.png");
        ImageFile.Write(path, image);
        var back = ImageFile.Read(path);
        (back.Width, back.Height).Should().Be((37, 23));
        back.Pixels.ToArray().Should().Equal(image.Pixels.ToArray());
        Directory.GetFiles(_folder.Path).Should().Equal(path);
    }

    [Theory]
    [InlineData(200, 40, 20)]
    [InlineData(20, 200, 40)]
    [InlineData(40, 20, 200)]
    public void Read_Jpeg_HasColorsInTheOrderRedGreenBlue(byte red, byte green, byte blue)
    {
        var path = _folder.File("a.jpeg");
        ImageFile.Write(path, Pictures.Plain(16, 16, red, green, blue));
        var (r, g, b) = ImageFile.Read(path).At(8, 8);
        ((int)r).Should().BeCloseTo(red, 4);
        ((int)g).Should().BeCloseTo(green, 4);
        ((int)b).Should().BeCloseTo(blue, 4);
    }

    [Fact]
    public void Read_TransparentPng_KeepsTheColorUnderneath()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(1, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.SetPixel(0, 0, new SKColor(200, 100, 50, 128));
        var path = WritePng(bitmap);
        ImageFile.Read(path).At(0, 0).Should().Be(((byte)200, (byte)100, (byte)50));
    }

    [Fact]
    public void Read_GrayPng_HasThreeEqualChannels()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(2, 1, SKColorType.Gray8));
        (bitmap.GetPixelSpan()[0], bitmap.GetPixelSpan()[1]) = (64, 192);
        var path = WritePng(bitmap);
        File.ReadAllBytes(path)[25].Should().Be(0, "a PNG tells there that it is gray");
        ImageFile.Read(path).Pixels.ToArray().Should().Equal(64, 64, 64, 192, 192, 192);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg, ".jpg")]
    [InlineData(ImageFormat.Png, ".png")]
    public void Read_FileCutOff_SaysSoWithThePath(ImageFormat format, string extension)
    {
        var bytes = ImageFile.Encode(Pictures.Noise(64, 64, seed: 2), format);
        var path = _folder.File("cut" + extension);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        var read = () => ImageFile.Read(path);
        read.Should().Throw<ImageFileException>().WithMessage($"{path} is damaged or cut off*leave it out*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no picture at all, only words, and more of them than a header has")]
    public void Read_Junk_SaysSoWithThePath(string content)
    {
        var path = _folder.Write(content, "junk.jpg");
        var read = () => ImageFile.Read(path);
        read.Should().Throw<ImageFileException>().WithMessage($"{path} is not a picture*");
    }

    [Fact]
    public void Read_MissingFile_SaysSoWithThePath()
    {
        var path = Path.Combine(_folder.Path, "no", "such.jpg");
        var read = () => ImageFile.Read(path);
        read.Should().Throw<ImageFileException>().WithMessage($"{path} does not exist*");
    }

    [Fact]
    public void Write_UnknownExtension_Throws()
    {
        var write = () => ImageFile.Write(_folder.File("a.gif"), Pictures.Plain(1, 1, 0, 0, 0));
        write.Should().Throw<ArgumentException>().WithMessage("*.gif*");
    }

    [Fact]
    public void Write_OverAnotherFile_LeavesOnlyTheNewOne()
    {
        var path = _folder.File("a.png");
        ImageFile.Write(path, Pictures.Plain(1, 1, 1, 2, 3));
        ImageFile.Write(path, Pictures.Plain(2, 1, 4, 5, 6));
        ImageFile.Read(path).Width.Should().Be(2);
        Directory.GetFiles(_folder.Path).Should().ContainSingle();
    }

    private string WritePng(SKBitmap bitmap)
    {
        var path = _folder.File("a.png");
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(path, data.ToArray());
        return path;
    }
}
