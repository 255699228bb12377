using AwesomeAssertions;
using SingleShot.Images;
using SingleShot.ImageSharp;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using Xunit;

namespace SingleShot.Tests.Doors;

public class ImageSharpPicturesTests
{
    [Fact]
    public void Image_BecomesAPicture_PixelByPixel()
    {
        using var image = new Image<Rgb24>(2, 2);
        image[1, 0] = new Rgb24(10, 20, 30);
        image[0, 1] = new Rgb24(40, 50, 60);

        var picture = image.ToRgbImage();

        (picture.Width, picture.Height).Should().Be((2, 2));
        picture.Pixels.ToArray().Should().Equal(0, 0, 0, 10, 20, 30, 40, 50, 60, 0, 0, 0);
    }

    [Fact]
    public void Picture_BecomesAnImage_PixelByPixel()
    {
        using var image = new RgbImage(2, 1, [1, 2, 3, 4, 5, 6]).ToImageSharp();

        (image.Width, image.Height).Should().Be((2, 1));
        image[0, 0].Should().Be(new Rgb24(1, 2, 3));
        image[1, 0].Should().Be(new Rgb24(4, 5, 6));
    }

    [Fact]
    public void ThereAndBack_IsTheSame_AlsoWhereOneBufferDoesNotHoldIt()
    {
        // Of more than 4 MB, ImageSharp's pixels lie in several buffers.
        var picture = RgbImage.Create(1501, 1103, new Random(1).NextBytes);

        using var image = picture.ToImageSharp();

        image.ToRgbImage().Pixels.SequenceEqual(picture.Pixels).Should().BeTrue();
    }

    [Fact]
    public void OtherPixels_AreRefused_WithTheWayOut()
    {
        using var image = new Image<Rgba32>(1, 1);

        FluentActions.Invoking(() => image.ToRgbImage()).Should().Throw<ArgumentException>()
            .WithMessage("The image's pixels are Rgba32, not Rgb24.*CloneAs<Rgb24>()*");
    }

    [Fact]
    public void Png_IsReadAlike_AndJpegOtherwise()
    {
        // Colors that change from pixel to pixel: JPEG keeps half of their rows and columns, and each decoder fills in the others in its own way.
        var picture = RgbImage.Create(64, 64, new Random(1).NextBytes);

        Differences(picture, ImageFormat.Png).Should().Be(0);
        Differences(picture, ImageFormat.Jpeg).Should().BeInRange(30, 130);
    }

    private static int Differences(RgbImage picture, ImageFormat format)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("picture");
        File.WriteAllBytes(path, ImageFile.Encode(picture, format));
        using var image = SixLabors.ImageSharp.Image.Load<Rgb24>(path);
        var (here, there) = (ImageFile.Read(path).Pixels.ToArray(), image.ToRgbImage().Pixels.ToArray());
        return here.Zip(there, (a, b) => Math.Abs(a - b)).Max();
    }
}
