using System.Diagnostics;
using AwesomeAssertions;
using SingleShot.Cli.Tests.Training;
using SingleShot.Tests.Distributed;
using Xunit;

namespace SingleShot.Cli.Tests.Distributed;

/// <summary><c>mpirun singleshot detect</c> and <c>evaluate</c>: several processes give the results of one.</summary>
[Trait("Needs", "mpi")]
public sealed class SharedDetectionTests(SmallTraining training) : IClassFixture<SmallTraining>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Folder_OfSeveralProcesses_HasTheResultsOfOne_InItsOrder()
    {
        Mpirun.SkipIfMissing();
        Pictures.Write(_folder, "photos", 11);
        var broken = _folder.Write("no picture", "photos", "picture-05.jpg");

        var alone = await CommandRun.OfAsync(Detect("alone"));
        var together = await OfAsync(3, Detect("together"));

        alone.Exit.Should().Be(ExitCodes.Failed, "a picture is broken");
        together.Exit.Should().Be(ExitCodes.Failed, together.Error);
        together.Error.Should().Contain($"{broken} is not a picture").And.Contain($"Not done: {broken}. ");
        together.Events("picture").Select(picture => (string)picture["picture"]!).Should().OnlyHaveUniqueItems().And.HaveCount(11);
        Written("together").Should().Equal(Written("alone"));

        string[] Detect(string name) => ["detect", Path.Combine(_folder.Path, "photos"), "--out", Path.Combine(_folder.Path, name), "--batch", "2", "--score", "0.05", "--json"];
    }

    [Fact]
    public async Task Evaluation_OfSeveralProcesses_IsThatOfOne()
    {
        Mpirun.SkipIfMissing();
        string[] arguments = ["evaluate", training.Root, "--split", "train", "--batch", "3", "--json"];

        var alone = await CommandRun.OfAsync(arguments);
        var together = await OfAsync(2, arguments);

        together.Exit.Should().Be(ExitCodes.Done, together.Error);
        together.Events("scores").Single().ToJsonString().Should().Be(alone.Events("scores").Single().ToJsonString());
    }

    public void Dispose() => _folder.Dispose();

    private static Task<CommandRun> OfAsync(int processes, string[] arguments)
    {
        var command = Mpirun.OpenMpi.Command(processes, ["dotnet", CommandRun.Program, .. arguments]);
        return ProcessRun.OfAsync(new ProcessStartInfo(command[0], command.Skip(1)));
    }

    /// <summary>All files of a run, by name, to the last bit.</summary>
    private IReadOnlyList<string> Written(string run) =>
    [
        .. Directory.GetFiles(Path.Combine(_folder.Path, run)).Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(File.ReadAllBytes(file))}"),
    ];
}
