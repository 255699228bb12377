using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using AwesomeAssertions;
using SingleShot.Download;
using Xunit;

namespace SingleShot.Tests.Download;

public sealed class FileDownloadTests : IDisposable
{
    private static readonly byte[] Content = Bytes(1, 300_000);

    private readonly TemporaryFolder _folder = new();
    private readonly FileServer _server = new(Content);
    private readonly HttpClient _client = new();
    private readonly string _path;

    public FileDownloadTests() => _path = _folder.File("downloads", "file.zip");

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task WholeFile_IsPutInItsPlace_AndNothingElseIsLeft()
    {
        var heard = new List<long>();
        await Fetch(File(Content), progress: new Hearing(heard));
        Left().Should().Equal("file.zip");
        System.IO.File.ReadAllBytes(_path).Should().Equal(Content);
        heard.Should().BeInAscendingOrder().And.EndWith(Content.Length);
    }

    [Fact]
    public async Task LineCutAgainAndAgain_GoesOnWhereItEnded()
    {
        foreach (var cut in (int[])[100_000, 1, 50_000])
        {
            _server.Cuts.Enqueue(cut);
        }
        await Fetch(File(Content));
        System.IO.File.ReadAllBytes(_path).Should().Equal(Content);
        _server.Ranges.Should().Equal("", "bytes=100000-", "bytes=100001-", "bytes=150001-");
    }

    [Fact]
    public async Task LineCutWithNothingMore_EndsInAnErrorThatKeepsWhatCame_AndTheNextCallGoesOn()
    {
        _server.Cuts.Enqueue(100_000);
        _server.Cuts.Enqueue(0);
        (await Failure(File(Content))).Should().Match("*file.zip cannot be reached: *The 100000 bytes that have come are kept*");
        Left().Should().Equal("file.zip.partial", "file.zip.partial.tag");
        await Fetch(File(Content));
        System.IO.File.ReadAllBytes(_path).Should().Equal(Content);
        _server.Ranges[^1].Should().Be("bytes=100000-");
    }

    [Fact]
    public async Task ServerWithoutRanges_SendsAllAgain_AndTheFileIsRight()
    {
        _server.KnowsRanges = false;
        _server.Cuts.Enqueue(100_000);
        await Fetch(File(Content));
        System.IO.File.ReadAllBytes(_path).Should().Equal(Content);
    }

    [Fact]
    public async Task FileReplacedBetweenTwoAttempts_IsNotMadeOfBoth()
    {
        await CutAfter(100_000, File(Content, published: false));
        var other = Bytes(2, 200_000);
        (_server.Content, _server.Tag) = (other, "\"two\"");
        await Fetch(File(other, published: false));
        System.IO.File.ReadAllBytes(_path).Should().Equal(other);
    }

    [Fact]
    public async Task NeitherChecksumNorVersion_StartsAfresh()
    {
        _server.Tag = null;
        await CutAfter(100_000, File(Content, published: false));
        await Fetch(File(Content, published: false));
        System.IO.File.ReadAllBytes(_path).Should().Equal(Content);
        _server.Ranges.Should().OnlyContain(range => range.Length == 0);
    }

    [Fact]
    public async Task EverythingHadComeBefore_IsCheckedAndTaken()
    {
        System.IO.File.WriteAllBytes(_path + ".partial", Content);
        await Fetch(File(Content));
        Left().Should().Equal("file.zip");
        _server.Ranges.Should().Equal("bytes=300000-");
    }

    [Fact]
    public async Task MoreThanThereIs_IsThrownAwayAndAskedAnew()
    {
        System.IO.File.WriteAllBytes(_path + ".partial", Bytes(3, 400_000));
        await Fetch(File(Content));
        System.IO.File.ReadAllBytes(_path).Should().Equal(Content);
    }

    [Fact]
    public async Task WrongChecksum_IsAnError_AndKeepsNothing()
    {
        (await Failure(File(Bytes(9, 10)))).Should().Match("*has the MD5 checksum * not the published *It has been deleted; try again.");
        Left().Should().BeEmpty();
    }

    [Fact]
    public async Task WrongChecksumOfAResumedFile_KeepsNothing_AndTheNextCallStartsAfresh()
    {
        System.IO.File.WriteAllBytes(_path + ".partial", new byte[1000]);
        (await Failure(File(Content))).Should().Contain("MD5");
        Left().Should().BeEmpty();
        await Fetch(File(Content));
        System.IO.File.ReadAllBytes(_path).Should().Equal(Content);
    }

    [Fact]
    public async Task FileThatIsThere_IsNotAskedFor_UnlessItsChecksumIsWrong()
    {
        System.IO.File.WriteAllBytes(_path, Content);
        await Fetch(File(Content));
        _server.Ranges.Should().BeEmpty();
        System.IO.File.WriteAllBytes(_path, [1, 2, 3]);
        await Fetch(File(Content));
        System.IO.File.ReadAllBytes(_path).Should().Equal(Content);
    }

    [Fact]
    public async Task FileThatTheServerDoesNotHave_IsAnErrorWithItsAnswer()
    {
        _server.Status = "404 Not Found";
        (await Failure(File(Content))).Should().Match("http://127.0.0.1:*/folder/file.zip answers 404 Not Found*");
        Left().Should().BeEmpty();
    }

    [Fact]
    public async Task NobodyThere_SaysThatThereMayBeNoNetwork_AndWhereToPutTheFile()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var nobody = new RemoteFile(new Uri($"http://127.0.0.1:{port}/file.zip"));
        (await Failure(nobody)).Should().Match($"*cannot be reached: *Is there a network? Without one, download the file elsewhere and put it at {_path}.");
    }

    [Fact]
    public async Task SilentServer_IsNotWaitedForForever()
    {
        (_server.Hangs, _server.KnowsRanges) = (true, true);
        _server.Cuts.Enqueue(0);
        var fetch = () => new FileDownload(_client, TimeSpan.FromMilliseconds(200)).FetchAsync(File(Content), _path);
        (await fetch.Should().ThrowAsync<DownloadException>()).WithMessage("*nothing came for 0 s*");
    }

    [Fact]
    public async Task Stopped_KeepsWhatCame()
    {
        using var stop = new CancellationTokenSource();
        _server.Hangs = true;
        _server.Cuts.Enqueue(100_000);
        var fetch = () => new FileDownload(_client).FetchAsync(File(Content), _path, new Stopping(stop), stop.Token);
        await fetch.Should().ThrowAsync<OperationCanceledException>();
        new FileInfo(_path + ".partial").Length.Should().BePositive();
    }

    [Fact]
    public async Task DiskWithoutRoom_IsToldBeforeAnythingIsAsked()
    {
        (await Failure(new RemoteFile(_server.Address, long.MaxValue))).Should().Match("file.zip needs * GB more, and the disk of * has * GB left*");
        _server.Ranges.Should().BeEmpty();
    }

    [Fact]
    public async Task FolderThatCannotBeWritten_IsAnErrorWithThePath()
    {
        Directory.CreateDirectory(_path + ".partial"); // a folder in the file's place fails for any user, root included
        (await Failure(File(Content))).Should().Match($"{_path} cannot be written: *");
        System.IO.File.WriteAllText(_folder.File("taken"), "");
        var inside = () => new FileDownload(_client).FetchAsync(File(Content), Path.Combine(_folder.Path, "taken", "file.zip"));
        (await inside.Should().ThrowAsync<DownloadException>()).WithMessage("*taken*cannot be written: *");
    }

    private static byte[] Bytes(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

#pragma warning disable CA5351 // the checksum that data sets are published with
    private RemoteFile File(byte[] content, bool published = true) =>
        new(_server.Address, Checksum: published ? Checksum.Md5(Convert.ToHexStringLower(MD5.HashData(content))) : null);
#pragma warning restore CA5351

    private Task Fetch(RemoteFile file, IProgress<long>? progress = null) => new FileDownload(_client).FetchAsync(file, _path, progress);

    private async Task<string> Failure(RemoteFile file) =>
        (await FluentActions.Invoking(() => Fetch(file)).Should().ThrowAsync<DownloadException>()).Which.Message;

    private async Task CutAfter(int bytes, RemoteFile file)
    {
        _server.Cuts.Enqueue(bytes);
        _server.Cuts.Enqueue(0);
        await Failure(file);
        new FileInfo(_path + ".partial").Length.Should().Be(_server.Tag is null ? 0 : bytes);
    }

    private IEnumerable<string> Left() => Directory.EnumerateFiles(Path.GetDirectoryName(_path)!).Select(path => Path.GetFileName(path)).Order();

    private sealed class Hearing(List<long> heard) : IProgress<long>
    {
        public void Report(long value) => heard.Add(value);
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<long>
    {
        public void Report(long value) => stop.Cancel();
    }
}
