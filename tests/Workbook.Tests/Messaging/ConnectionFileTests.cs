using AwesomeAssertions;
using Workbook.Messaging;
using Xunit;

namespace Workbook.Tests.Messaging;

public sealed class ConnectionFileTests : IDisposable
{
    private const string Whole =
        """{"transport":"tcp","ip":"127.0.0.1","shell_port":1,"control_port":2,"iopub_port":3,"stdin_port":4,"hb_port":5,"key":"k","signature_scheme":"hmac-sha256"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WholeFile_IsRead()
    {
        _folder.Write(Whole, "c.json");
        ConnectionFile.Read(_folder.File("c.json")).Should().Be(new ConnectionFile("127.0.0.1", new ChannelPorts(1, 2, 3, 4, 5), "k"));
    }

    [Theory]
    [InlineData("\"key\":\"k\"", "\"key\":\"\"", "no key")]
    [InlineData("\"hb_port\":5", "\"hb_port\":70000", "hb_port")]
    [InlineData("\"hb_port\":5", "\"hb_port\":\"5\"", "hb_port")]
    [InlineData("tcp", "ipc", "transport")]
    [InlineData("hmac-sha256", "hmac-md5", "signature_scheme")]
    [InlineData("}", "", "not JSON")]
    public void FileThatCannotServe_SaysWhy(string part, string other, string reason)
    {
        _folder.Write(Whole.Replace(part, other, StringComparison.Ordinal), "c.json");
        var read = () => ConnectionFile.Read(_folder.File("c.json"));
        read.Should().Throw<ConnectionFileException>().WithMessage($"*{reason}*");
    }

    [Fact]
    public void MissingFile_SaysWhy() => FluentActions.Invoking(() => ConnectionFile.Read(_folder.File("none.json")))
        .Should().Throw<ConnectionFileException>().WithMessage("*cannot be read*");
}
