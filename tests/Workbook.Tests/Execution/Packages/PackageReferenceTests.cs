using AwesomeAssertions;
using Workbook.Execution;
using Workbook.Execution.Running;
using Workbook.Outputs;
using Xunit;

namespace Workbook.Tests.Execution.Packages;

/// <summary>With packages that this repository itself restores, in the versions that it names: nothing here needs a network.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class PackageReferenceTests : IClassFixture<TemporaryFolder>, IDisposable
{
    // Refuses connections at once; the discard port is served by nobody.
    private const string Unreachable = "https://127.0.0.1:9/v3/index.json";
    private const string Check = "#r \"nuget: CsCheck, 5.0.1\"\nusing CsCheck;\n";

    private readonly Cells _cells = new();
    private readonly Dictionary<string, string?> _environment = [];

    /// <summary>Starts with a data folder that these tests share: what one has restored the next finds.</summary>
    public PackageReferenceTests(TemporaryFolder home)
    {
        Set("XDG_DATA_HOME", home.Path);
        Set("NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT", "1");
        Configure(Unreachable);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
        _cells.Dispose();
    }

    [Fact]
    public async Task PackageOnThisMachine_IsRestoredOffline_AndUsed()
    {
        Set("XDG_DATA_HOME", _cells.Folder.File("home"));
        (await _cells.Result(Check + "Gen.Const(7).Single()")).Should().Be("7");
        _cells.Displays.Should().StartWith("Restoring CsCheck, 5.0.1").And.EndWith("Packages: CsCheck, 5.0.1");
        (await _cells.Result("Gen.Const(8).Single()")).Should().Be("8");
    }

    [Fact]
    public async Task SecondUseOfASet_NeedsNeitherSdkNorNetwork()
    {
        await _cells.Result(Check + "1");
        Set("PATH", NoSdk());
        using var second = new CellSession(_cells.Folder.Path);
        var outputs = new List<CellOutput>();
        (await second.RunAsync(Check + "Gen.Const(7).Single()", "cell 1", new UnattendedHost(outputs.Add), TestContext.Current.CancellationToken)).Should().Be(CellResult.Done);
        outputs.OfType<ResultOutput>().Single().Data.PlainText.Should().Be("7");
        outputs[0].Should().BeOfType<DisplayOutput>().Which.Data.PlainText.Should().Be("Packages: CsCheck, 5.0.1");
        File.Exists(AskedForSdk).Should().BeFalse("nobody called dotnet");
    }

    [Fact]
    public async Task ListWhosePackagesWereDeleted_IsRestoredAnew()
    {
        Set("XDG_DATA_HOME", _cells.Folder.File("home"));
        await _cells.Result(Check + "1");
        var list = Directory.GetFiles(_cells.Folder.File("home/workbook/packages")).Single();
        await File.WriteAllTextAsync(
            list, (await File.ReadAllTextAsync(list, TestContext.Current.CancellationToken)).Replace("CsCheck.dll", "Gone.dll", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        using var again = new CellSession(_cells.Folder.Path);
        var outputs = new List<CellOutput>();
        (await again.RunAsync(Check + "Gen.Const(7).Single()", "cell 1", new UnattendedHost(outputs.Add), TestContext.Current.CancellationToken)).Should().Be(CellResult.Done);
    }

    [Fact]
    public async Task PackagesThatAPackageNeeds_ComeAlong()
    {
        // Spectre.Console itself holds no ANSI codes: another package does.
        await _cells.Run("#r \"nuget: Spectre.Console, 0.57.2\"");
        (await _cells.Result("typeof(Spectre.Console.AnsiConsole).Assembly.GetReferencedAssemblies().Any(one => one.Name == \"Spectre.Console.Ansi\")"))
            .Should().Be("True");
        (await _cells.Result("Spectre.Console.Markup.Escape(\"[\")")).Should().Be("[[");
    }

    [Fact]
    public async Task NativeLibraryOfAPackage_Loads()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the package of native libraries is Linux's");
        const string Code = """
            #r "nuget: SkiaSharp, 3.119.4"
            #r "nuget: SkiaSharp.NativeAssets.Linux.NoDependencies, 3.119.4"
            var bitmap = new SkiaSharp.SKBitmap(3, 2);
            bitmap.Erase(SkiaSharp.SKColors.Red);
            bitmap.GetPixel(2, 1).Red
            """;
        (await _cells.Result(Code)).Should().Be("255");
    }

    [Fact]
    public async Task PackagesOfLaterCells_JoinThoseOfEarlier()
    {
        await _cells.Run(Check + "var seven = Gen.Const(7);");
        (await _cells.Result("#r \"nuget: Newtonsoft.Json, 13.0.4\"\nNewtonsoft.Json.JsonConvert.SerializeObject(seven.Single())")).Should().Be("7");
    }

    [Fact]
    public async Task AnotherVersionOfAPackageInUse_IsRefusedPlainly()
    {
        await _cells.Run(Check);
        var error = await _cells.Fails("1;\n".Replace("1;", "// another", StringComparison.Ordinal) + "#r \"nuget: CsCheck, 4.0.0\"");
        error.Message.Should().Be("CsCheck 5.0.1 is in use already, and a kernel holds one version of a package. Restart the kernel to use 4.0.0.");
        error.Line.Should().Be(2);
    }

    [Fact]
    public async Task SameDirectiveTwice_IsRestoredOnce()
    {
        await _cells.Result(Check + "1");
        await _cells.Result(Check + "1");
        _cells.Displays.Should().BeEmpty();
    }

    [Fact]
    public async Task LoadedFile_BringsItsPackages()
    {
        _cells.Folder.Write(Check + "int Seven() => Gen.Const(7).Single();", "gen.csx");
        (await _cells.Result("#load \"gen.csx\"\nSeven()")).Should().Be("7");
    }

    [Fact]
    public async Task SourceThatCannotBeReached_IsSaidPlainly()
    {
        var error = await _cells.Fails("\n#r \"nuget: No.Such.Package.Of.This.Name, 1.0.0\"");
        error.Message.Should().Contain("source cannot be used").And.Contain("127.0.0.1").And.Contain("without a network");
        error.Line.Should().Be(2);
    }

    [Fact]
    public async Task MissingPackageAndMissingVersion_AreSaidPlainly()
    {
        // A folder is a source, too, and one that says at once what it does not have.
        Configure(Directory.CreateDirectory(_cells.Folder.File("source")).FullName);
        var name = await _cells.Fails("#r \"nuget: No.Such.Package.Of.This.Name\"");
        name.Message.Should().Contain("Unable to find package No.Such.Package.Of.This.Name").And.Contain("#i \"nuget:");
        Pack("Small.Package", "1.2.3");
        var version = await _cells.Fails("#r \"nuget: Small.Package, 99.0.0\"");
        version.Message.Should().Contain("99.0.0").And.Contain("1.2.3").And.Contain("Ask for a version that exists.");
    }

    [Fact]
    public async Task SourceThatIsNoFolder_IsSaidPlainly()
    {
        Configure(null);
        var error = await _cells.Fails("#i \"nuget: nowhere\"\n#r \"nuget: No.Such.Package.Of.This.Name, 1.0.0\"");
        error.Message.Should().Contain(_cells.Folder.File("nowhere")).And.Contain("is no folder. Correct it in #i");
        error.Line.Should().Be(2);
    }

    [Fact]
    public async Task PackageFolderThatCannotBeWrittenTo_IsSaidPlainly()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "nobody can make a folder in Linux's /sys, whatever the user's rights");
        Configure(Directory.CreateDirectory(_cells.Folder.File("source")).FullName);
        Pack("Small.Package", "1.2.3");
        Set("NUGET_PACKAGES", "/sys/packages");
        (await _cells.Fails("#r \"nuget: Small.Package, 1.2.3\"")).Message.Should()
            .Contain("Packages cannot be put into /sys/packages").And.Contain("set NUGET_PACKAGES to a folder that is");
    }

    [Fact]
    public async Task WithoutVersion_TheNewestThatIsNoPreview_FromASourceOfTheCell()
    {
        Configure(null);
        Pack("Workbook.Small", "1.2.3");
        Pack("Workbook.Small", "1.10.0");
        Pack("Workbook.Small", "2.0.0-preview");
        Set("NUGET_PACKAGES", _cells.Folder.File("packages"));
        (await _cells.Result("#i \"nuget: source\"\n#r \"nuget: Workbook.Small\"\nSmall.Version")).Should().Be("1.10.0");
        _cells.Displays.Should().EndWith("Packages: Workbook.Small, 1.10.0");
    }

    [Fact]
    public async Task LaterPackageThatNeedsANewerOneOfWhatIsLoaded_IsRefusedPlainly_AndNothingMixed()
    {
        Configure(Directory.CreateDirectory(_cells.Folder.File("source")).FullName);
        Set("NUGET_PACKAGES", _cells.Folder.File("packages"));
        Pack("Workbook.Base", "1.0.0");
        Pack("Workbook.Base", "2.0.0");
        Pack("Workbook.Old", "1.0.0", "<dependencies><dependency id=\"Workbook.Base\" version=\"1.0.0\"/></dependencies>");
        Pack("Workbook.New", "1.0.0", "<dependencies><dependency id=\"Workbook.Base\" version=\"2.0.0\"/></dependencies>");
        await _cells.Run("#r \"nuget: Workbook.Old, 1.0.0\"");
        (await _cells.Fails("#r \"nuget: Workbook.New, 1.0.0\"")).Message.Should()
            .Contain("Workbook.Base 1.0.0 is in use already").And.Contain("needs Workbook.Base 2.0.0").And.Contain("Restart the kernel");
        (await _cells.Result("1")).Should().Be("1");
    }

    [Fact]
    public async Task NoSdk_IsSaidPlainly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for dotnet is a shell script");
        Set("PATH", NoSdk());
        Set("XDG_DATA_HOME", _cells.Folder.File("home"));
        (await _cells.Fails(Check)).Message.Should().Contain("The .NET SDK fetches packages, and there is none");
        File.Exists(AskedForSdk).Should().BeTrue("it was looked for");
    }

    [Theory]
    [InlineData("#r \"nuget:\"")]
    [InlineData("#r \"nuget: Two Words\"")]
    [InlineData("#r \"nuget: Name,\"")]
    public async Task MisspeltDirective_IsSaidPlainly(string code) =>
        (await _cells.Fails(code)).Message.Should().Contain("write #r \"nuget: Name, Version\"");

    private void Set(string name, string? value)
    {
        _environment.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    private void Configure(string? source) => _cells.Folder.Write(
        $"<configuration><packageSources><clear/>{(source is null ? "" : $"<add key=\"only\" value=\"{source}\"/>")}</packageSources></configuration>",
        "nuget.config");

    // There once the stand-in for dotnet was called.
    private string AskedForSdk => _cells.Folder.File("asked");

    // A dotnet without an SDK, as a machine with only the run-time has it.
    private string NoSdk()
    {
        var folder = Directory.CreateDirectory(_cells.Folder.File("bin")).FullName;
        var file = Path.Combine(folder, "dotnet");
        File.WriteAllText(file, $"#!/bin/sh\n: > '{AskedForSdk}'\necho 'No .NET SDKs were found.' >&2\nexit 145\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        return $"{folder}{Path.PathSeparator}/bin";
    }

    private void Pack(string name, string version, string dependency = "")
    {
        var library = _cells.Build($"build/{version}/{name}", $"public class {name.Split('.')[^1]} {{ public static string Version => \"{version}\"; }}");
        var path = Path.Combine(Directory.CreateDirectory(_cells.Folder.File("source")).FullName, $"{name}.{version}.nupkg");
        using var package = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create);
        using (var description = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open()))
        {
            description.Write(
                $"<package><metadata><id>{name}</id><version>{version}</version><authors>a</authors><description>d</description>{dependency}</metadata></package>");
        }
        using var source = File.OpenRead(library);
        using var target = package.CreateEntry($"lib/net10.0/{name}.dll").Open();
        source.CopyTo(target);
    }
}
