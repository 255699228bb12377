using System.Net;
using AwesomeAssertions;
using SingleShot.Data;
using SingleShot.Data.Folders;
using SingleShot.Data.Shapes;
using SingleShot.Download;
using Xunit;

namespace SingleShot.Cli.Tests.Commands;

public sealed class DownloadCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NoName_ListsWhatThereIs()
    {
        var run = await CommandRun.OfAsync("download");

        run.Exit.Should().Be(ExitCodes.Done);
        run.Output.Should().ContainAll(KnownDownload.All.Select(known => known.Name)).And.Contain("| shapes").And.Contain("20.4 GB");
    }

    [Fact]
    public async Task Shapes_AreThoseOfTheLessons()
    {
        (await CommandRun.OfAsync("download", "shapes", "--data", _folder.Path)).Exit.Should().Be(ExitCodes.Done);

        var (train, val) = (DataSetFolder.Read(Path.Combine(_folder.Path, "shapes"), "train"), DataSetFolder.Read(Path.Combine(_folder.Path, "shapes"), "val"));
        (train.Samples.Count, val.Samples.Count).Should().Be((2000, 300));
        Labels(train[1999].Truths).Should().Equal(Labels(ShapesGenerator.Draw(seed: 1, 1999).Truths));
        Labels(val[299].Truths).Should().Equal(Labels(ShapesGenerator.Draw(seed: 2, 299).Truths));

        static IEnumerable<int> Labels(IReadOnlyList<GroundTruth> truths) => truths.Select(truth => truth.Label);
    }

    [Fact]
    public async Task WrongChecksum_IsToldAndNothingStays()
    {
        using var network = new Answers(HttpStatusCode.OK);
        var run = await CommandRun.OfAsync(["download", "ssdlite320", "--data", _folder.Path], null, network);

        run.Exit.Should().Be(ExitCodes.Failed);
        network.Asked.Should().ContainSingle().Which.Should().EndWith("ssdlite320_mobilenet_v3_large_coco-a79551df.pth");
        run.Error.Should().Contain("a79551df");
        Directory.GetFiles(Path.Combine(_folder.Path, "weights")).Should().BeEmpty();
    }

    [Fact]
    public async Task ErrorOfTheServer_IsTold()
    {
        using var network = new Answers(HttpStatusCode.NotFound);
        var run = await CommandRun.OfAsync(["download", "vgg16", "--data", _folder.Path], null, network);

        run.Exit.Should().Be(ExitCodes.Failed);
        run.Error.Should().Contain("answers 404");
    }

    [Fact]
    public async Task UnknownName_IsRefusedWithTheNearest_BeforeAnythingIsAsked()
    {
        using var network = new Answers(HttpStatusCode.OK);
        var run = await CommandRun.OfAsync(["download", "vgg16", "coco2071", "--data", _folder.Path], null, network);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain("Did you mean 'coco2017'?");
        network.Asked.Should().BeEmpty();
    }

    private sealed class Answers(HttpStatusCode code) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.AbsoluteUri);
            return Task.FromResult(new HttpResponseMessage(code) { Content = new StringContent("not what was asked for") });
        }
    }
}
