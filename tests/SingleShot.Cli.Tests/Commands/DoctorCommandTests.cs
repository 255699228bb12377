using AwesomeAssertions;
using SingleShot.Data.Doctor;
using SingleShot.Data.Folders;
using SingleShot.Data.Shapes;
using Xunit;

namespace SingleShot.Cli.Tests.Commands;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DoctorCommandTests() => ShapesGenerator.Write(Path.Combine(_folder.Path, "train"), 8, seed: 4);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task HealthySet_IsSaidToBe()
    {
        var run = await CommandRun.OfAsync("doctor", _folder.Path);

        run.Exit.Should().Be(ExitCodes.Done, run.Error);
        run.Output.Should().StartWith(DataDoctor.Examine(DataSetFolder.Read(_folder.Path, "train")).ToString()).And.EndWith("\nhealthy\n");
    }

    [Fact]
    public async Task StoppedExamination_SaysSo()
    {
        using var error = new StringWriter();
        var exit = await CommandLine.RunAsync(["doctor", _folder.Path], TextWriter.Null, error, stop: new CancellationToken(canceled: true));

        (exit, error.ToString()).Should().Be((ExitCodes.Stopped, "Stopped." + Environment.NewLine));
    }

    [Fact]
    public async Task BrokenPicture_IsNamed_WithTheExitCodeOfFailure()
    {
        var picture = Path.Combine(_folder.Path, "train", "images", "000003.jpg");
        File.WriteAllBytes(picture, File.ReadAllBytes(picture)[..400]);

        var run = await CommandRun.OfAsync("doctor", _folder.Path);
        run.Exit.Should().Be(ExitCodes.Failed);
        run.Output.Should().Contain($"{picture} is damaged or cut off").And.EndWith("\nnot healthy\n");

        var json = await CommandRun.OfAsync("doctor", _folder.Path, "--json");
        json.Events("finding").Should().ContainSingle(finding => (string)finding["kind"]! == "unreadable" && (string)finding["imageId"]! == "3");
        ((bool)json.Events("done").Single()["healthy"]!).Should().BeFalse();
        (await CommandRun.OfAsync("doctor", _folder.Path, "--open-images", "false")).Exit.Should().Be(ExitCodes.Done);
    }
}
