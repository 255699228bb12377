using System.Diagnostics;
using AwesomeAssertions;
using SingleShot.Cli.Tests.Models;
using SingleShot.Images;
using Xunit;

namespace SingleShot.Cli.Tests.Packages;

/// <summary>The packages of this repository on a machine that has nothing else of it.</summary>
[Trait("Needs", "packages")]
public sealed class PackagedCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tool_InstallsFromTheFolder_AndDetects_TwoCommands()
    {
        OwnPackages.Into(_folder, "SingleShot.Cli");
        var picture = Pictures.Write(_folder, "photos", 1)[0];

        await RunAsync("dotnet", "tool", "install", "SingleShot.Cli", "--tool-path", "tools");
        var tool = Path.Combine(_folder.Path, "tools", OperatingSystem.IsWindows() ? "singleshot.exe" : "singleshot");
        var run = await RunAsync(tool, "detect", picture);

        Found(run).Should().Equal(Found(await CommandRun.OfAsync("detect", picture, "--out", _folder.File("here"))));
        ImageFile.Read(_folder.File("detections", "picture-00.png")).Width.Should().Be(96);

        // What needs libtorch, which the tool does not bring, says so.
        var without = await ProcessRun.OfAsync(Alone(tool, "export", "model.onnx", "--model", SmallModel.Save(_folder, ["cat"])));
        without.Exit.Should().Be(ExitCodes.Usage);
        without.Error.Should().StartWith("This needs libtorch").And.Contain("LIBTORCH").And.NotContain("   at ");

        static IEnumerable<string> Found(CommandRun run) => run.Output.Split('\n').Where(line => line.Contains("picture-00.png", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sample_DetectsAndDraws_WithThePackagesAlone()
    {
        OwnPackages.Into(_folder, "SingleShot.Onnx");
        // Its nuget.config leads to this repository's packages, which are here under another name.
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "samples", "DetectPicture")).Where(file => Path.GetFileName(file) != "nuget.config"))
        {
            File.Copy(file, _folder.File("DetectPicture", Path.GetFileName(file)));
        }
        var picture = Pictures.Write(_folder, "photos", 1)[0];
        var drawn = _folder.File("drawn.png");

        var run = await RunAsync(
            "dotnet", "run", "--project", _folder.File("DetectPicture"), "--", Path.Combine(AppContext.BaseDirectory, "shapes.onnx"), picture, drawn);

        (await CommandRun.OfAsync("detect", picture, "--out", _folder.File("here"), "--json")).Events("picture").Single()["detections"]!.AsArray()
            .Select(found => (string)found!["class"]!).Should().Equal(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
        File.ReadAllBytes(drawn).Should().Equal(File.ReadAllBytes(_folder.File("here", "picture-00.png")));
    }

    private async Task<CommandRun> RunAsync(string program, params string[] arguments)
    {
        var run = await ProcessRun.OfAsync(Alone(program, arguments));
        run.Exit.Should().Be(0, run.Output + run.Error);
        return run;
    }

    private ProcessStartInfo Alone(string program, params string[] arguments)
    {
        var start = OwnPackages.Alone(new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Path }, _folder);
        start.Environment.Remove("LIBTORCH");
        return start;
    }
}
