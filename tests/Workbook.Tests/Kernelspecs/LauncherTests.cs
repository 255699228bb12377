using System.Diagnostics;
using AwesomeAssertions;
using Workbook.Kernelspecs;
using Workbook.Tests.Kernel;
using Xunit;
using Xunit.Sdk;

namespace Workbook.Tests.Kernelspecs;

/// <summary>What an installed kernel starts.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("two words")]
    [InlineData("it's $HOME \"here\" `now`")]
    public async Task Launcher_StartsTheProgram_WhateverItsFolderIsCalled_WithItsArguments(string name)
    {
        var launcher = Install(Program(name));
        var (exit, output, error) = await RunAsync(launcher, "kernel", "a connection file.json");
        error.Should().BeEmpty();
        output.Should().Be("[kernel][a connection file.json]");
        exit.Should().Be(7, "the program stands in the launcher's place");
    }

    [Fact]
    public async Task Launcher_WhoseBuildIsGone_SaysWhatToDo()
    {
        var program = Program("built");
        var launcher = Install(program);
        File.Delete(program);
        var (exit, output, error) = await RunAsync(launcher, "kernel", "file");
        exit.Should().Be(1);
        output.Should().BeEmpty();
        error.Should().ContainAll(program, "is gone", "dotnet build lib/Workbook", "dotnet run --project lib/Workbook -- install");
    }

    [Fact]
    public void Install_OfAProgramThatIsNotBuilt_IsRefused_AndSaysHowToBuildIt()
    {
        var missing = _folder.File("Workbook");
        var install = () => new KernelspecInstaller(_folder.File("kernels"), missing).Install("csharp", replace: false);
        install.Should().Throw<KernelspecException>().WithMessage($"*{missing}*dotnet build lib/Workbook*");
        Directory.Exists(_folder.File("kernels")).Should().BeFalse();
    }

    [Fact]
    public async Task InstalledForTheUser_TheKernelIsListedAndRemoved_ByCommandsOfTheirOwnProcesses()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Moves the user's folder by Linux's own variable.");
        var kernel = Path.Combine(_folder.Path, "jupyter", "kernels", KernelspecInstaller.DefaultName);
        (await CommandAsync("install")).Output.Should().Contain(kernel);
        (await CommandAsync("list")).Output.Should().Contain(kernel).And.Contain("(this workbook's)");
        (await CommandAsync("uninstall")).Output.Should().Contain($"Removed {kernel}");
        Directory.Exists(kernel).Should().BeFalse();
    }

    private async Task<(int Exit, string Output, string Error)> CommandAsync(string command)
    {
        var start = KernelProcess.Command([command], _folder.Path);
        start.Environment["XDG_DATA_HOME"] = _folder.Path;
        start.Environment.Remove("JUPYTER_DATA_DIR");
        return await EndAsync(start);
    }

    private static Task<(int Exit, string Output, string Error)> RunAsync(string launcher, params string[] arguments) =>
        EndAsync(new ProcessStartInfo(launcher, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });

    private static async Task<(int Exit, string Output, string Error)> EndAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }

    private string Program(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            throw SkipException.ForSkip("Windows starts the program itself.");
        }
        Directory.CreateDirectory(_folder.File(folder));
        var program = Path.Combine(_folder.File(folder), "Workbook");
        File.WriteAllText(program, "#!/bin/sh\nprintf '[%s]' \"$@\"\nexit 7\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return program;
    }

    private string Install(string program) =>
        Path.Combine(new KernelspecInstaller(_folder.File("kernels"), program).Install("csharp", replace: false), "start.sh");
}
