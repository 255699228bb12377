using AwesomeAssertions;
using Workbook.Execution;
using Workbook.Execution.Running;
using Workbook.Outputs;
using Xunit;

namespace Workbook.Tests.Execution.References;

[Collection(ConsoleCollection.Name)]
public sealed class RebuiltLibraryTests : IDisposable
{
    private const string First = "public class Library { public int A = 1; public string Say() => \"first \" + A; }";
    private const string Second = "public class Library { public string Other; public int A = 1; public string B = \"b\"; public int Say() => 2; }";

    private readonly Cells _cells = new();

    public void Dispose() => _cells.Dispose();

    [Fact]
    public async Task RebuiltInPlace_ThisKernelKeepsTheVersionItHas()
    {
        _cells.Build("Library", First);
        await _cells.Run("#r \"Library.dll\"\nvar library = new Library();");
        _cells.Build("Library", Second);
        (await _cells.Result("library.Say()")).Should().Be("first 1");
        (await _cells.Result("#r \"Library.dll\"\nnew Library().Say() + library.Say() + (library is Library)")).Should().Be("first 1first 1True");
        (await _cells.Fails("new Library().B")).Message.Should().Contain("CS1061");
    }

    [Fact]
    public async Task Rebuilt_IsToldOnce_BeforeTheCellRuns()
    {
        _cells.Build("Library", First);
        await _cells.Run("#r \"Library.dll\"");
        await _cells.Run("1");
        _cells.Streams.Should().BeEmpty();
        _cells.Build("Library", Second);
        await _cells.Run("Console.Write(new Library().Say());");
        _cells.Outputs[0].Should().BeOfType<StreamOutput>().Which.Name.Should().Be("stderr");
        _cells.Streams.Should().MatchRegex(
            @"^Library\.dll was rebuilt at \d\d:\d\d:\d\d; this kernel still uses the version loaded at \d\d:\d\d:\d\d\.\nRestart the kernel to use the new one\.\nfirst 1$");
        await _cells.Run("#r \"Library.dll\"\n1");
        _cells.Streams.Should().BeEmpty();
    }

    [Fact]
    public async Task EachFurtherBuild_IsToldAgain()
    {
        _cells.Build("Library", First);
        await _cells.Run("#r \"Library.dll\"");
        _cells.Build("Library", Second);
        await _cells.Run("1");
        _cells.Build("Library", Second + "public class More { }");
        await _cells.Run("1");
        _cells.Streams.Should().Contain("was rebuilt");
    }

    [Fact]
    public async Task SameCodeBuiltAgain_IsNoNews()
    {
        var path = _cells.Build("Library", First);
        await _cells.Run("#r \"Library.dll\"");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
        await _cells.Run("1");
        _cells.Streams.Should().BeEmpty();
    }

    [Fact]
    public async Task LibraryGoneOrHalfWritten_RunsOn_AndIsToldWhenItIsWhole()
    {
        var path = _cells.Build("Library", First);
        await _cells.Run("#r \"Library.dll\"");
        File.Delete(path);
        (await _cells.Result("new Library().Say()")).Should().Be("first 1");
        await File.WriteAllBytesAsync(path, [0x4d, 0x5a, 1, 2, 3], TestContext.Current.CancellationToken);
        (await _cells.Result("new Library().Say()")).Should().Be("first 1");
        _cells.Streams.Should().BeEmpty();
        _cells.Build("Library", Second);
        await _cells.Run("1");
        _cells.Streams.Should().Contain("Library.dll was rebuilt");
    }

    [Fact]
    public async Task DependencyRebuiltBeforeItIsFirstUsed_IsTheOneTakenWithItsLibrary()
    {
        var inner = _cells.Build("Inner", "public class Inner { public int N = 1; }");
        _cells.Build("Outer", "public class Outer { public static int Ask() => Deep.Ask(); } static class Deep { public static int Ask() => new Inner().N; }", inner);
        await _cells.Run("#r \"Outer.dll\"");
        _cells.Build("Inner", "public class Inner { public string N = \"changed\"; }");
        (await _cells.Result("Outer.Ask()")).Should().Be("1");
    }

    [Fact]
    public async Task SameNameFromAnotherFolder_IsRefused_NotMixed()
    {
        _cells.Build("a/Library", First);
        _cells.Build("b/Library", Second);
        await _cells.Run("#r \"a/Library.dll\"");
        var error = await _cells.Fails("#r \"b/Library.dll\"\nnew Library().Say()");
        error.Message.Should().Contain("Library is in use already").And.Contain("Restart the kernel");
        error.Line.Should().Be(1);
        (await _cells.Result("new Library().Say()")).Should().Be("first 1");
    }

    [Fact]
    public async Task SameBuildFromAnotherFolder_IsTheSameLibrary()
    {
        var path = _cells.Build("a/Library", First);
        Directory.CreateDirectory(_cells.Folder.File("b"));
        File.Copy(path, _cells.Folder.File("b/Library.dll"));
        await _cells.Run("#r \"a/Library.dll\"\nvar library = new Library();");
        (await _cells.Result("#r \"b/Library.dll\"\nlibrary is Library")).Should().Be("True");
    }

    [Fact]
    public async Task Library_FindsItsNeighborsByItsLocation()
    {
        const string Code = """
            public class Library
            {
                static string Folder => System.IO.Path.GetDirectoryName(typeof(Library).Assembly.Location);
                public static string Read(string name) => System.IO.File.ReadAllText(System.IO.Path.Combine(Folder, name));
            }
            """;
        _cells.Build("Library", Code);
        _cells.Folder.Write("beside", "beside.txt");
        Directory.CreateDirectory(_cells.Folder.File("data"));
        _cells.Folder.Write("inside", "data/inside.txt");
        await _cells.Run("#r \"Library.dll\"");
        (await _cells.Result("Library.Read(\"beside.txt\") + Library.Read(\"data/inside.txt\")")).Should().Be("besideinside");
    }

    [Theory]
    [InlineData("no.dll", "there is no file")]
    [InlineData("text.dll", "is not a .NET assembly")]
    public async Task WhatIsNoAssembly_IsSaidPlainly_WithTheLine(string name, string words)
    {
        _cells.Folder.Write("text", "text.dll");
        File.SetLastWriteTimeUtc(_cells.Folder.File("text.dll"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var error = await _cells.Fails($"// a comment\n#r \"{name}\"\n1");
        error.Message.Should().Contain(words).And.Contain(_cells.Folder.File(name)).And.Contain("(2,1)");
        error.Line.Should().Be(2);
    }

    [Fact]
    public async Task PartOfDotNet_IsReferencedByItsName() => (await _cells.Result("#r \"System.Net.Http\"\n1")).Should().Be("1");

    [Fact]
    public async Task Copies_GoWithTheSession()
    {
        _cells.Build("Library", First);
        var session = new CellSession(_cells.Folder.Path);
        var outputs = new List<CellOutput>();
        await session.RunAsync("#r \"Library.dll\"\ntypeof(Library).Assembly.Location", "cell 1", new UnattendedHost(outputs.Add), TestContext.Current.CancellationToken);
        var copy = outputs.OfType<ResultOutput>().Single().Data.PlainText;
        copy.Should().NotStartWith(_cells.Folder.Path);
        File.Exists(copy).Should().BeTrue();
        session.Dispose();
        File.Exists(copy).Should().BeFalse();
        File.Exists(_cells.Folder.File("Library.dll")).Should().BeTrue();
    }
}
