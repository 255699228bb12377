using System.Runtime.InteropServices;
using AwesomeAssertions;
using OpenCvSharp;
using SingleShot.Images;
using SingleShot.OpenCv;
using Xunit;

namespace SingleShot.Tests.Doors;

public class OpenCvPicturesTests
{
    public OpenCvPicturesTests() => Assert.SkipUnless(
        RuntimeInformation.RuntimeIdentifier == "linux-x64", "OpenCV's own library is referenced for Linux on x64 alone.");

    [Fact]
    public void BlueGreenRed_BecomesRedGreenBlue()
    {
        using var mat = Mat.FromArray(new Vec3b[,] { { new(3, 2, 1), new(6, 5, 4) }, { new(9, 8, 7), new(12, 11, 10) } });

        var picture = mat.ToRgbImage();

        (picture.Width, picture.Height).Should().Be((2, 2));
        picture.Pixels.ToArray().Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    [Fact]
    public void Gray_BecomesThreeEqualBytes()
    {
        using var mat = Mat.FromArray(new byte[,] { { 7, 200 } });

        mat.ToRgbImage().Pixels.ToArray().Should().Equal(7, 7, 7, 200, 200, 200);
    }

    [Fact]
    public void FourthChannel_IsDropped()
    {
        using var mat = Mat.FromArray(new Vec4b[,] { { new(3, 2, 1, 255), new(6, 5, 4, 0) } });

        mat.ToRgbImage().Pixels.ToArray().Should().Equal(1, 2, 3, 4, 5, 6);
    }

    [Fact]
    public void PartOfALargerMatrix_WhoseRowsLieApart_IsThatPart()
    {
        using var whole = Mat.FromArray(new Vec3b[,] { { new(), new(), new() }, { new(), new(3, 2, 1), new(6, 5, 4) }, { new(), new(9, 8, 7), new(12, 11, 10) } });
        using var part = new Mat(whole, new Rect(1, 1, 2, 2));
        part.IsContinuous().Should().BeFalse();

        part.ToRgbImage().Pixels.ToArray().Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    [Fact]
    public void Picture_BecomesBlueGreenRed_AndComesBack()
    {
        using var mat = new RgbImage(2, 1, [1, 2, 3, 4, 5, 6]).ToMat();

        mat.Type().Should().Be(MatType.CV_8UC3);
        mat.At<Vec3b>(0, 0).Should().Be(new Vec3b(3, 2, 1));
        mat.At<Vec3b>(0, 1).Should().Be(new Vec3b(6, 5, 4));
        mat.ToRgbImage().Pixels.ToArray().Should().Equal(1, 2, 3, 4, 5, 6);
    }

    [Fact]
    public void EmptyMatrix_IsRefused_WithWhatGivesOne()
    {
        using var mat = new Mat();

        FluentActions.Invoking(() => mat.ToRgbImage()).Should().Throw<ArgumentException>().WithMessage("The matrix is empty.*a camera is busy*");
    }

    [Fact]
    public void OtherDepth_OrTwoChannels_AreRefused_WithTheWayOut()
    {
        using var deep = new Mat(2, 2, MatType.CV_16UC3);
        using var pairs = new Mat(2, 2, MatType.CV_8UC2);
        using var block = new Mat([2, 2, 2], MatType.CV_8UC1);

        FluentActions.Invoking(() => deep.ToRgbImage()).Should().Throw<ArgumentException>().WithMessage("The matrix is CV_16UC3; a picture is CV_8UC3*ConvertTo*");
        FluentActions.Invoking(() => pairs.ToRgbImage()).Should().Throw<ArgumentException>().WithMessage("The matrix is CV_8UC2; *CvtColor*");
        FluentActions.Invoking(() => block.ToRgbImage()).Should().Throw<ArgumentException>().WithMessage("*has 3 dimensions*");
    }
}
