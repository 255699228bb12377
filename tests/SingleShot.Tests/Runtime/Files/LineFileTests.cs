using AwesomeAssertions;
using SingleShot.Runtime.Files;
using Xunit;

namespace SingleShot.Tests.Runtime.Files;

public sealed class LineFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("lines");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AppendedLines_AreThereOnOpeningAgain()
    {
        using (var file = new LineFile(File))
        {
            file.Lines.Should().BeEmpty();
            file.Append(["one", "größer"]);
            file.Append(["three"]);
        }
        using var again = new LineFile(File);
        again.Lines.Should().Equal("one", "größer", "three");
    }

    [Theory]
    [InlineData("one\ntwo\nthr")]
    [InlineData("one\ntwo\n{\"a\":\xE4")]
    public void LineThatWasCutOff_IsDropped_AndTheNextOneIsWhole(string content)
    {
        System.IO.File.WriteAllText(File, content);
        using (var file = new LineFile(File))
        {
            file.Lines.Should().Equal("one", "two");
            file.Append(["three"]);
        }
        System.IO.File.ReadAllText(File).Should().Be("one\ntwo\nthree\n");
    }

    [Fact]
    public void FileThatAnotherWritesTo_IsRefused()
    {
        using var file = new LineFile(File);

        FluentActions.Invoking(() => new LineFile(File)).Should().Throw<IOException>();
    }
}
