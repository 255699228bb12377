using System.Text.Json.Nodes;
using AwesomeAssertions;
using Workbook.Kernelspecs;
using Workbook.Tests.Kernel;
using Workbook.Tests.Kernel.Clients;
using Xunit;
using Xunit.Sdk;

namespace Workbook.Tests.Kernelspecs;

/// <summary>The kernelspec of .NET Interactive, with a program in the place of <c>dotnet</c> that answers as that does.</summary>
public sealed class InteractiveKernelspecTests : IDisposable
{
    private const string Version = "echo 1.0.712001; exit 0";

    private readonly TemporaryFolder _folder = new();

    private string Kernels => JupyterFolders.Under(_folder.File("prefix"));

    private string Folder => Path.Combine(Kernels, KernelspecInstaller.DefaultName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Install_WhereNoFolderOfKernelsIs_MakesIt_AndTheKernelServesThisMachineAlone()
    {
        var (exit, text) = await InstallAsync(Version, "--interactive");
        exit.Should().Be(0, text);
        text.Should().Contain(Folder);
        var spec = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, Kernelspec.FileName)))!;
        spec["argv"]!.AsArray().Select(part => part!.GetValue<string>()).Should().Equal(
            "dotnet", "interactive", "jupyter", "--default-kernel", "csharp", "--http-local-only", "--http-port-range", "0-0", "{connection_file}");
        spec["language"]!.GetValue<string>().Should().Be("C#");
        spec["interrupt_mode"]!.GetValue<string>().Should().Be("message");
    }

    [Theory]
    [InlineData("dotnet\", \"interactive\", \"jupyter")]
    [InlineData("/home/reader/.dotnet/tools/dotnet-interactive\", \"jupyter")]
    public async Task Install_OverWhatTheToolsOwnCommandWrote_TakesItsPlace(string start)
    {
        _folder.Write($$"""{"argv": ["{{start}}"], "display_name": ".NET (C#)"}""", "prefix", "share", "jupyter", "kernels", ".net-csharp", Kernelspec.FileName);
        for (var time = 0; time < 2; time++)
        {
            var (exit, text) = await InstallAsync(Version, "--interactive");
            exit.Should().Be(0, text);
            File.ReadAllText(Path.Combine(Folder, Kernelspec.FileName)).Should().Contain("--http-local-only");
        }
    }

    [Fact]
    public async Task Install_Both_StandSideBySide()
    {
        (await InstallAsync(Version, "--interactive")).Exit.Should().Be(0);
        (await InstallAsync(Version)).Exit.Should().Be(0);
        Kernelspec.Read(Folder)!.Program.Should().BeNull();
        Kernelspec.Read(Path.Combine(Kernels, KernelspecInstaller.NameBesideAnother))!.Program.Should().NotBeNull();
    }

    [Fact]
    public async Task Install_NameThatTheWorkbooksKernelHas_IsRefused_AndSaysWhatToDo()
    {
        (await InstallAsync(Version)).Exit.Should().Be(0);
        var (exit, text) = await InstallAsync(Version, "--interactive");
        exit.Should().Be(2);
        text.Should().ContainAll(Folder, "this workbook's kernel", "uninstall");
        Kernelspec.Read(Folder)!.Program.Should().NotBeNull();
    }

    [Fact]
    public async Task Install_NameThatAnotherKernelHas_IsRefused_AndSaysWhatToDo()
    {
        _folder.Write("""{"argv": ["other"], "display_name": "Other"}""", "prefix", "share", "jupyter", "kernels", ".net-csharp", Kernelspec.FileName);
        var (exit, text) = await InstallAsync(Version, "--interactive");
        exit.Should().Be(2);
        text.Should().ContainAll(Folder, "Other", "--name", "--replace");
        (await InstallAsync(Version, "--interactive", "--replace")).Exit.Should().Be(0);
        Kernelspec.Read(Folder)!.DisplayName.Should().Be(".NET (C#)");
    }

    [Theory]
    [InlineData("echo 'You must install or update .NET to run this application.'; exit 150", "ASP.NET Core", "install it")]
    [InlineData("echo 'No .NET SDKs were found.'; exit 145", "the .NET SDK 10", "install it")]
    [InlineData("echo 'Run \"dotnet tool restore\" to make the \"dotnet-interactive\" command available.'; exit 1", "is not here", "dotnet tool restore")]
    [InlineData("echo 'Could not execute because the specified command or file was not found.'; exit 1", "is not here", "dotnet tool restore")]
    [InlineData("echo 'something else'; exit 3", "dotnet interactive --version", "something else")]
    public async Task Install_WhereTheToolDoesNotRun_SaysWhyAndWhatToDo_AndWritesNothing(string answer, string why, string what)
    {
        var (exit, text) = await InstallAsync(answer, "--interactive");
        exit.Should().Be(2);
        text.Should().ContainAll(why, what);
        text.Trim().Split('\n').Should().ContainSingle();
        Directory.Exists(Kernels).Should().BeFalse();
    }

    private async Task<(int Exit, string Text)> InstallAsync(string answer, params string[] more)
    {
        if (OperatingSystem.IsWindows())
        {
            throw SkipException.ForSkip("Puts a script in the place of a program as Unix does.");
        }
        var dotnet = _folder.Write($"#!/bin/sh\n{answer}\n", "bin", "dotnet");
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = KernelProcess.Command(["install", "--prefix", _folder.File("prefix"), .. more], _folder.Path);
        start.FileName = Path.Combine(DotnetRoot, "dotnet"); // the real one
        start.Environment["PATH"] = Path.GetDirectoryName(dotnet) + Path.PathSeparator + start.Environment["PATH"];
        return await JupyterClients.EndAsync(start);
    }

    // Of .../shared/Microsoft.NETCore.App/10.0.0/ the part before 'shared'.
    private static string DotnetRoot => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
}
