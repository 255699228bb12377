using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using AwesomeAssertions;
using SingleShot.Data.Folders;
using SingleShot.Download;
using Xunit;

namespace SingleShot.Tests.Download;

public sealed class DownloaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DataSet_IsFetchedUnpackedAndRead_AndASecondCallAsksForNothing()
    {
        using var server = new FileServer(Zip(
            ("annotations/instances_val2017.json", """{"images": [{"id": 1, "file_name": "1.jpg", "width": 9, "height": 9}], "annotations": [], "categories": []}"""),
            ("val2017/1.jpg", "")));
        var set = new KnownDownload("one", "", [new DownloadPart(
            new RemoteFile(server.Address), "coco", root => File.Exists(Path.Combine(root, "coco", "val2017", "1.jpg")))]);
        var output = new StringWriter();
        await Downloader.RunAsync(set, _folder.Path, output);
        DataSetFolder.Read(Path.Combine(_folder.Path, "coco"), "val2017").Samples.Should().ContainSingle();
        Directory.GetFiles(Path.Combine(_folder.Path, "downloads")).Should().BeEmpty();
        output.ToString().Should().Contain("whole; nobody published a checksum").And.EndWith($"one is in {_folder.Path}{Environment.NewLine}");
        await Downloader.RunAsync(set, _folder.Path, output);
        server.Ranges.Should().ContainSingle();
        output.ToString().Should().Contain("what is in it is there already");
    }

    [Fact]
    public async Task FileThatIsNoArchive_IsKeptAsItIs_AndCheckedByTheDigitsThatArePublished()
    {
        byte[] content = [1, 2, 3];
        using var server = new FileServer(content);
        var address = new Uri(server.Address, "weights.pth");
        var digits = Convert.ToHexStringLower(SHA256.HashData(content))[..8];
        KnownDownload Weights(string published) => new("weights", "", [new DownloadPart(
            new RemoteFile(address, Checksum: Checksum.Sha256(published)), "weights", root => File.Exists(Path.Combine(root, "weights", "weights.pth")))]);
        var wrong = () => Downloader.RunAsync(Weights("00000000"), _folder.Path, TextWriter.Null);
        (await wrong.Should().ThrowAsync<DownloadException>()).WithMessage($"*SHA256 checksum {digits}, not the published 00000000*");
        await Downloader.RunAsync(Weights(digits), _folder.Path, TextWriter.Null);
        File.ReadAllBytes(Path.Combine(_folder.Path, "weights", "weights.pth")).Should().Equal(content);
    }

    [Fact]
    public async Task ArchiveThatLacksSomething_IsToldAndKept()
    {
        using var server = new FileServer(Zip(("other.txt", "")));
        var set = new KnownDownload("one", "", [new DownloadPart(new RemoteFile(server.Address), "", _ => false)]);
        var run = () => Downloader.RunAsync(set, _folder.Path, TextWriter.Null);
        (await run.Should().ThrowAsync<InvalidDataException>()).WithMessage("*file.zip was unpacked*not everything is there that one should have.");
    }

    [Fact]
    public void TarsOfOneFolder_ComeTogether()
    {
        Archive.Unpack(Tar("a.tar", ("VOCdevkit/VOC2007/JPEGImages/1.jpg", "one"), ("VOCdevkit/VOC2007/ImageSets/Main/trainval.txt", "1")), _folder.Path);
        Archive.Unpack(Tar("b.tar", ("VOCdevkit/VOC2007/JPEGImages/2.jpg", "two"), ("VOCdevkit/VOC2007/ImageSets/Main/trainval.txt", "1 2")), _folder.Path);
        var root = Path.Combine(_folder.Path, "VOCdevkit", "VOC2007");
        Directory.GetFiles(Path.Combine(root, "JPEGImages")).Should().HaveCount(2);
        File.ReadAllText(Path.Combine(root, "ImageSets", "Main", "trainval.txt")).Should().Be("1 2");
        Directory.GetFileSystemEntries(_folder.Path).Should().HaveCount(3, "two archives, a folder, and nothing of the unpacking");
    }

    [Fact]
    public void ArchiveThatIsCut_LeavesNothingBehind()
    {
        var bytes = Zip(("a.txt", "some text"));
        var path = _folder.File("cut.zip");
        File.WriteAllBytes(path, bytes[..^10]);
        FluentActions.Invoking(() => Archive.Unpack(path, _folder.Path)).Should().Throw<InvalidDataException>().WithMessage("*cut.zip cannot be unpacked: *download it again.");
        var tar = Tar("whole.tar", ("a.txt", new string('a', 5000)));
        File.WriteAllBytes(_folder.File("cut.tar"), File.ReadAllBytes(tar)[..2000]);
        FluentActions.Invoking(() => Archive.Unpack(_folder.File("cut.tar"), _folder.Path)).Should().Throw<InvalidDataException>().WithMessage("*cut.tar cannot be unpacked*");
        Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo("cut.zip", "cut.tar", "whole.tar");
    }

    [Fact]
    public void EntryThatWouldLieElsewhere_IsRefused()
    {
        var folder = Path.Combine(_folder.Path, "inside");
        var zip = _folder.File("evil.zip");
        File.WriteAllBytes(zip, Zip(("../../outside.txt", "")));
        FluentActions.Invoking(() => Archive.Unpack(zip, folder)).Should().Throw<InvalidDataException>().WithMessage("*evil.zip cannot be unpacked*");
        FluentActions.Invoking(() => Archive.Unpack(Tar("evil.tar", ("../../outside.txt", "")), folder)).Should().Throw<InvalidDataException>().WithMessage("*evil.tar cannot be unpacked*");
        FluentActions.Invoking(() => Archive.Unpack("a.rar", folder)).Should().Throw<InvalidDataException>().WithMessage("a.rar is no archive*");
        File.Exists(Path.Combine(_folder.Path, "outside.txt")).Should().BeFalse();
    }

    [Fact]
    public void KnownDownloads_HaveSizesAndChecksums_AndAreMissedInAnEmptyFolder()
    {
        var parts = KnownDownload.All.SelectMany(set => set.Parts).ToArray();
        parts.Should().OnlyContain(part => part.File.Checksum != null && part.File.Address.IsAbsoluteUri);
        parts.Where(part => part.Folder != "weights").Should().OnlyContain(part => part.File.Bytes > 0 && part.File.Checksum!.Digits.Length == 32);
        parts.Where(part => part.Folder == "weights").Should().OnlyContain(part => part.File.Checksum!.Digits.Length == 8);
        parts.Should().OnlyContain(part => !part.IsThere(_folder.Path));
        parts.GroupBy(part => part.File.Name).Should().OnlyContain(group => group.Select(part => part.File).Distinct().Count() == 1);
    }

    [Fact]
    public void VocAsItIsLaidOut_CountsAsThere()
    {
        var part = KnownDownload.All.Single(set => set.Name == "voc2012").Parts[0];
        _folder.Write("2008_000002\n2008_000003\n", "VOCdevkit", "VOC2012", "ImageSets", "Main", "trainval.txt");
        foreach (var id in (string[])["2008_000002", "2008_000003"])
        {
            part.IsThere(_folder.Path).Should().BeFalse();
            _folder.Write("", "VOCdevkit", "VOC2012", "JPEGImages", $"{id}.jpg");
            _folder.Write("", "VOCdevkit", "VOC2012", "Annotations", $"{id}.xml");
        }
        part.IsThere(_folder.Path).Should().BeTrue();
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }
        return stream.ToArray();
    }

    private string Tar(string name, params (string Name, string Text)[] files)
    {
        var path = _folder.File(name);
        using var tar = new TarWriter(File.Create(path));
        foreach (var (file, text) in files)
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, file) { DataStream = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text)) });
        }
        return path;
    }
}
