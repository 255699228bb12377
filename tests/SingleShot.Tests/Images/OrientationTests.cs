using AwesomeAssertions;
using SingleShot.Images;
using SingleShot.Tests.Data;
using Xunit;

namespace SingleShot.Tests.Images;

public sealed class OrientationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CameraTurn.None, "abc def")]
    [InlineData(CameraTurn.Mirror, "cba fed")]
    [InlineData(CameraTurn.HalfTurn, "fed cba")]
    [InlineData(CameraTurn.Flip, "def abc")]
    [InlineData(CameraTurn.Transpose, "ad be cf")]
    [InlineData(CameraTurn.RightTurn, "da eb fc")]
    [InlineData(CameraTurn.Transverse, "fc eb da")]
    [InlineData(CameraTurn.LeftTurn, "cf be ad")]
    public void PixelsOfEachNote_GoWhereItSays(CameraTurn turn, string shown)
    {
        var stored = "abcdef".SelectMany(letter => new[] { (byte)letter, (byte)(letter + 10), (byte)(letter + 20), (byte)255 }).ToArray();
        var pixels = new byte[18];
        TurnedPixels.Copy(stored, 3, 2, turn, pixels);
        pixels.Should().Equal(shown.Where(char.IsLetter).SelectMany(letter => new[] { (byte)letter, (byte)(letter + 10), (byte)(letter + 20) }));
        var (width, height) = new ImageHeader(3, 2, turn, 1).Size(Orientation.Shown);
        (width, height).Should().Be((shown.IndexOf(' ', StringComparison.Ordinal), shown.Count(letter => letter == ' ') + 1));
    }

    [Theory]
    [InlineData(1, 64, 32, 16, 16)]
    [InlineData(2, 64, 32, 48, 16)]
    [InlineData(3, 64, 32, 48, 16)]
    [InlineData(4, 64, 32, 16, 16)]
    [InlineData(5, 32, 64, 16, 16)]
    [InlineData(6, 32, 64, 16, 16)]
    [InlineData(7, 32, 64, 16, 48)]
    [InlineData(8, 32, 64, 16, 48)]
    public void CamerasNote_IsFollowedAsViewersDo_AndLeftAloneWhereAskedSo(int note, int width, int height, int redX, int redY)
    {
        var path = CameraNotes.Write(_folder.File("a.jpg"), note);

        var shown = ImageFile.Read(path);
        (shown.Width, shown.Height).Should().Be((width, height));
        ((int)shown.At(redX, redY).Red).Should().BeGreaterThan(200);
        var stored = ImageFile.Read(path, Orientation.Stored);
        (stored.Width, stored.Height).Should().Be((64, 32));
        ((int)stored.At(16, 16).Red).Should().BeGreaterThan(200);
        ImageFile.ReadHeader(path).Should().Be(new ImageHeader(64, 32, (CameraTurn)note, 1));
    }

    [Theory]
    [InlineData(6, 32, 64, Orientation.Stored, Orientation.Shown)]
    [InlineData(6, 64, 32, Orientation.Shown, Orientation.Stored)]
    [InlineData(6, 50, 50, Orientation.Stored, Orientation.Stored)]
    [InlineData(3, 64, 32, Orientation.Stored, Orientation.Stored)]
    [InlineData(3, 64, 32, Orientation.Shown, Orientation.Shown)]
    public void WrittenSize_TellsWhichWayUp_AndWhereItDoesNotThePolicyDoes(int note, int width, int height, Orientation policy, Orientation taken) =>
        new ImageHeader(64, 32, (CameraTurn)note, 1).Fitting(width, height, policy).Should().Be(taken);

    [Fact]
    public void HeaderOfJunk_SaysSoWithThePath()
    {
        foreach (var content in (string[])["", "no picture"])
        {
            var path = _folder.Write(content, "junk.jpg");
            FluentActions.Invoking(() => ImageFile.ReadHeader(path)).Should().Throw<ImageFileException>().WithMessage($"{path} is not a picture*");
        }
        FluentActions.Invoking(() => ImageFile.ReadHeader(_folder.File("none.jpg"))).Should().Throw<ImageFileException>().WithMessage("*does not exist*");
    }
}
