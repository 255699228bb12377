using AwesomeAssertions;
using SingleShot.Images;
using SingleShot.Tests.Data;
using SkiaSharp;
using Xunit;

namespace SingleShot.Tests.Images;

public sealed class OddPicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Two pictures of one pixel: white, then black.</summary>
    public static IReadOnlyList<byte> Gif { get; } =
    [
        .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 255, 255, 0, 0, 0,
        0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0,
        0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 0x01, 0, 0x3B,
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PngOfSixteenBits_IsReadInEight()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(2, 2, SKColorType.Rgba16161616, SKAlphaType.Unpremul));
        bitmap.Erase(new SKColor(200, 100, 50));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var path = _folder.File("a.png");
        File.WriteAllBytes(path, data.ToArray());
        File.ReadAllBytes(path)[24].Should().Be(16, "a PNG tells there how many bits a channel has");

        var (red, green, blue) = ImageFile.Read(path).At(1, 1);
        (Math.Abs(red - 200), Math.Abs(green - 100), Math.Abs(blue - 50)).Should().Be((0, 0, 0));
    }

    /// <summary>Inks are written as Adobe does, 255 for none of it: cyan in full and no other is the color cyan.</summary>
    [Fact]
    public void JpegInFourInks_BecomesRedGreenAndBlue()
    {
        var path = _folder.File("cmyk.jpg");
        File.WriteAllBytes(path, CmykJpeg.Of(cyan: 0, magenta: 255, yellow: 255, black: 255));

        var (red, green, blue) = ImageFile.Read(path).At(3, 3);
        ((int)red).Should().BeLessThan(60);
        ((int)green).Should().BeGreaterThan(150);
        ((int)blue).Should().BeGreaterThan(200);
    }

    [Fact]
    public void FirstOfSeveralPictures_IsTheOneThatIsRead()
    {
        var path = _folder.File("a.gif");
        File.WriteAllBytes(path, [.. Gif]);
        ImageFile.Read(path).At(0, 0).Should().Be(((byte)255, (byte)255, (byte)255));
        ImageFile.ReadHeader(path).Frames.Should().Be(2);
    }

    /// <summary>Phones put a second picture after the first.</summary>
    [Fact]
    public void WhatFollowsAPicture_DoesNotMatter()
    {
        var path = _folder.File("a.jpg");
        var jpeg = ImageFile.Encode(Pictures.Plain(16, 16, 9, 9, 9), ImageFormat.Jpeg);
        File.WriteAllBytes(path, [.. jpeg, .. jpeg, 1, 2, 3]);
        ImageFile.Read(path).Width.Should().Be(16);
    }
}
