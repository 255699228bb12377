using System.Text.Json.Nodes;
using AwesomeAssertions;
using Workbook.Commands;
using Workbook.Kernelspecs;
using Xunit;
using Xunit.Sdk;

namespace Workbook.Tests.Kernelspecs;

public sealed class KernelspecCommandsTests : IDisposable
{
    private readonly TemporaryFolder _prefix = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string Kernels => JupyterFolders.Under(_prefix.Path);

    private string Own => Path.Combine(Kernels, KernelspecInstaller.DefaultName);

    public void Dispose()
    {
        _prefix.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Install_WritesAKernelspecThatClientsUnderstand()
    {
        (await Run("install")).Should().Be(0, _error.ToString());
        _output.ToString().Should().Contain(Own).And.Contain("C# (workbook)");
        var spec = Spec(Own);
        var start = spec["argv"]!.AsArray().Select(part => part!.GetValue<string>()).ToList();
        start[1..].Should().Equal("kernel", "{connection_file}");
        Path.IsPathFullyQualified(start[0]).Should().BeTrue("clients are started from anywhere");
        File.Exists(start[0]).Should().BeTrue();
        spec["display_name"]!.GetValue<string>().Should().Be("C# (workbook)");
        spec["language"]!.GetValue<string>().Should().Be("C#");
        spec["interrupt_mode"]!.GetValue<string>().Should().Be("message");
        Directory.Exists(Path.Combine(spec["env"]!["DOTNET_ROOT"]!.GetValue<string>(), "shared", "Microsoft.NETCore.App")).Should().BeTrue();
    }

    [Fact]
    public async Task Install_Again_ReplacesOnlyItsOwn()
    {
        (await Run("install")).Should().Be(0);
        File.WriteAllText(Path.Combine(Own, Kernelspec.FileName), File.ReadAllText(Path.Combine(Own, Kernelspec.FileName)).Replace("C# (workbook)", "old", StringComparison.Ordinal));
        (await Run("install")).Should().Be(0, _error.ToString());
        Spec(Own)["display_name"]!.GetValue<string>().Should().Be("C# (workbook)");
    }

    [Theory]
    [InlineData("""{"argv": ["other"], "display_name": ".NET (C#)", "language": "C#"}""", ".NET (C#)")]
    [InlineData("not JSON", "unreadable")]
    [InlineData("[1]", "unreadable")]
    [InlineData(null, "unreadable")]
    public async Task Install_NameOfAnotherProgramsKernel_IsLeftAlone_AndSaysWhatToDo(string? foreign, string named)
    {
        Foreign(foreign);
        (await Run("install", "--name", KernelspecInstaller.DefaultName)).Should().Be(2);
        _error.ToString().Should().ContainAll(Own, named, "install --name", "install --replace");
        _output.ToString().Should().BeEmpty();
        Directory.GetFiles(Own).Select(Path.GetFileName).Should().BeEquivalentTo(foreign is null ? ["logo-64x64.png"] : ["logo-64x64.png", Kernelspec.FileName]);
        (foreign is null || File.ReadAllText(Path.Combine(Own, Kernelspec.FileName)) == foreign).Should().BeTrue();
    }

    [Fact]
    public async Task Install_WhereAnotherKernelHasTheLessonsName_StandsBesideIt_UntilItIsRemoved()
    {
        Foreign("""{"argv": ["other"], "display_name": ".NET (C#)", "language": "C#"}""");
        var beside = Path.Combine(Kernels, "csharp-workbook");
        for (var time = 0; time < 2; time++)
        {
            (await Run("install")).Should().Be(0, _error.ToString());
            _output.ToString().Should().ContainAll(beside, ".NET (C#)", Own);
            Kernelspec.Read(beside)!.Program.Should().NotBeNull();
            Kernelspec.Read(Own)!.DisplayName.Should().Be(".NET (C#)");
        }
        (await Run("uninstall")).Should().Be(0, _error.ToString());
        Directory.GetDirectories(Kernels).Should().Equal(Own);
    }

    [Fact]
    public async Task Install_AfterAnotherProgramTookItsName_StandsBesideIt()
    {
        await Run("install");
        Directory.Delete(Own, recursive: true); // .NET Interactive's own command asks nobody
        Foreign("""{"argv": ["other"], "display_name": ".NET (C#)"}""");
        (await Run("install")).Should().Be(0, _error.ToString());
        Directory.GetDirectories(Kernels).Select(Path.GetFileName).Should().BeEquivalentTo(KernelspecInstaller.DefaultName, KernelspecInstaller.NameBesideAnother);
    }

    [Fact]
    public async Task Install_Replace_TakesTheNameWhole()
    {
        Foreign("""{"argv": ["other"], "display_name": ".NET (C#)"}""");
        (await Run("install", "--replace")).Should().Be(0, _error.ToString());
        Spec(Own)["display_name"]!.GetValue<string>().Should().Be("C# (workbook)");
        File.Exists(Path.Combine(Own, "logo-64x64.png")).Should().BeFalse("another kernel's picture would stand for this one");
        (await Run("uninstall")).Should().Be(0);
        Directory.Exists(Own).Should().BeFalse();
    }

    [Fact]
    public async Task Install_AnotherName_LeavesTheForeignKernelInPlace()
    {
        Foreign("""{"argv": ["other"], "display_name": ".NET (C#)"}""");
        (await Run("install", "--name", "My-CSharp")).Should().Be(0, _error.ToString());
        Kernelspec.Read(Path.Combine(Kernels, "my-csharp"))!.Program.Should().NotBeNull("clients know kernels by names in lower case");
        Kernelspec.Read(Own)!.DisplayName.Should().Be(".NET (C#)");
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../above")]
    [InlineData("a/b")]
    [InlineData("c#")]
    public async Task Install_NameThatIsNone_IsRefused_AndNothingIsWritten(string name)
    {
        (await Run("install", "--name", name)).Should().Be(2);
        _error.ToString().Should().Contain($"'{name}' cannot be a kernel's name").And.Contain("letters");
        Directory.GetFileSystemEntries(_prefix.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task Install_PrefixBelowAFile_IsRefused_AndSaysWhatToDo()
    {
        _prefix.Write("a file", "share");
        (await Run("install")).Should().Be(2);
        _error.ToString().Should().Contain(_prefix.File("share")).And.Contain("--prefix");
        File.ReadAllText(_prefix.File("share")).Should().Be("a file");
    }

    [Fact]
    public async Task Install_PrefixThatIsNotOnesOwn_IsRefused_AndSaysWhatToDo()
    {
        if (OperatingSystem.IsWindows())
        {
            throw SkipException.ForSkip("Takes the right to write away as Unix does.");
        }
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "The superuser may write everywhere.");
        const UnixFileMode reading = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        File.SetUnixFileMode(_prefix.Path, reading);
        var exit = await Run("install");
        File.SetUnixFileMode(_prefix.Path, reading | UnixFileMode.UserWrite);
        exit.Should().Be(2);
        _error.ToString().Should().Contain(_prefix.Path).And.Contain("--prefix");
    }

    [Fact]
    public async Task Uninstall_RemovesWhatInstallWrote()
    {
        await Run("install");
        (await Run("uninstall")).Should().Be(0, _error.ToString());
        _output.ToString().Should().Contain($"Removed {Own}");
        Directory.GetFileSystemEntries(Kernels).Should().BeEmpty();
    }

    [Fact]
    public async Task Uninstall_WhereThereIsNone_SaysWhereItLooked()
    {
        (await Run("uninstall")).Should().Be(2);
        _error.ToString().Should().ContainAll(KernelspecInstaller.DefaultName, Kernels, "list");
    }

    [Fact]
    public async Task Uninstall_AnotherProgramsKernel_IsLeftAlone()
    {
        Foreign("""{"argv": ["other"], "display_name": ".NET (C#)"}""");
        (await Run("uninstall")).Should().Be(2);
        _error.ToString().Should().Contain(Own).And.Contain("another program");
        Directory.GetFiles(Own).Should().HaveCount(2);
    }

    [Fact]
    public async Task List_NamesEveryKernel_WhoseItIs_AndWhetherItIsGone()
    {
        Directory.CreateDirectory(Kernels);
        Directory.CreateDirectory(Path.Combine(Kernels, "broken"));
        await Run("install");
        await Run("install", "--name", "gone");
        var spec = Path.Combine(Kernels, "gone", Kernelspec.FileName);
        var program = Kernelspec.Read(Path.Combine(Kernels, "gone"))!.Program!;
        File.WriteAllText(spec, File.ReadAllText(spec).Replace(program, "/no/such/program", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(Kernels, "python3"));
        File.WriteAllText(Path.Combine(Kernels, "python3", Kernelspec.FileName), """{"argv": ["python"], "display_name": "Python 3"}""");
        _output.GetStringBuilder().Clear();

        (await Run("list")).Should().Be(0);
        var lines = _output.ToString().TrimEnd().Split(Environment.NewLine).Order(StringComparer.Ordinal).ToList();
        lines.Should().HaveCount(3);
        lines[0].Should().StartWith(KernelspecInstaller.DefaultName).And.Contain("C# (workbook)").And.EndWith("(this workbook's)");
        lines[1].Should().StartWith("gone").And.EndWith("(its program /no/such/program is gone: install again)");
        lines[2].Should().StartWith("python3").And.Contain("Python 3").And.EndWith(Path.Combine(Kernels, "python3"));
    }

    [Fact]
    public async Task List_OfNothing_SaysWhereItLooked()
    {
        (await Run("list")).Should().Be(0);
        _output.ToString().Should().Contain("No kernels are installed").And.Contain(Kernels);
    }

    private Task<int> Run(string command, params string[] more) => CommandLine.RunAsync([command, "--prefix", _prefix.Path, .. more], _output, _error);

    private void Foreign(string? json)
    {
        Directory.CreateDirectory(Own);
        File.WriteAllText(Path.Combine(Own, "logo-64x64.png"), "");
        if (json is not null)
        {
            File.WriteAllText(Path.Combine(Own, Kernelspec.FileName), json);
        }
    }

    private static JsonNode Spec(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, Kernelspec.FileName)))!;
}
