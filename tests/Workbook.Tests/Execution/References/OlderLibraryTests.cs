using AwesomeAssertions;
using Xunit;

namespace Workbook.Tests.Execution.References;

[Collection(ConsoleCollection.Name)]
public sealed class OlderLibraryTests : IDisposable
{
    private readonly Cells _cells = new();

    public OlderLibraryTests()
    {
        _cells.Build("older/Needed", "[assembly: System.Reflection.AssemblyVersion(\"1.0.0.0\")] public class Needed { }");
        var newer = _cells.Build("newer/Needed", "[assembly: System.Reflection.AssemblyVersion(\"2.0.0.0\")] public class Needed { public int More => 2; }");
        File.Copy(_cells.Build("newer/Library", "public class Library { public int Say() => new Needed().More; }", newer), _cells.Folder.File("older", "Library.dll"));
    }

    public void Dispose() => _cells.Dispose();

    [Fact]
    public async Task LibraryBesideANewerOneOfWhatIsInUse_IsRefused_AndSaysWhatToDo()
    {
        await _cells.Run("#r \"older/Needed.dll\"\nvar needed = new Needed();");
        (await _cells.Fails("#r \"newer/Library.dll\"\nnew Library().Say()")).Message.Should()
            .ContainAll("Needed is in use already: version 1.0.0.0", "2.0.0.0 from", "Restart the kernel");
    }

    [Fact]
    public async Task LibraryBesideAnOlderOneOfWhatIsInUse_UsesTheNewer()
    {
        await _cells.Run("#r \"newer/Needed.dll\"\nvar needed = new Needed();");
        (await _cells.Result("#r \"older/Library.dll\"\nnew Library().Say()")).Should().Be("2");
    }
}
