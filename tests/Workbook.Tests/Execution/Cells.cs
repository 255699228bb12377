using AwesomeAssertions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Execution;
using Workbook.Execution.Running;
using Workbook.Outputs;

namespace Workbook.Tests.Execution;

/// <summary>A session in a folder of its own, and all that its cells put out.</summary>
public sealed class Cells : IDisposable
{
    private int _count;

    public Cells() => Session = new CellSession(Folder.Path);

    public CellSession Session { get; }

    public TemporaryFolder Folder { get; } = new();

    public List<CellOutput> Outputs { get; } = [];

    public ErrorOutput Error => Outputs.OfType<ErrorOutput>().Single();

    public string Streams => string.Concat(Outputs.OfType<StreamOutput>().Select(one => one.Text));

    public string Displays => string.Join('\n', Outputs.Select(one => one switch
    {
        DisplayOutput shown => shown.Data.PlainText,
        DisplayUpdate update => update.Data.PlainText,
        _ => null,
    }).Where(text => text is not null));

    /// <summary>Runs a cell; the outputs are then of that cell alone.</summary>
    public async Task<CellResult> Run(string code)
    {
        Outputs.Clear();
        return await Session.RunAsync(code, $"cell {++_count}", new UnattendedHost(Outputs.Add));
    }

    public async Task<string> Result(string code)
    {
        (await Run(code)).Should().Be(CellResult.Done, string.Join('\n', Outputs.OfType<ErrorOutput>().SelectMany(error => error.Traceback)));
        return Outputs.OfType<ResultOutput>().Single().Data.PlainText;
    }

    public async Task<ErrorOutput> Fails(string code)
    {
        (await Run(code)).Should().Be(CellResult.Failed);
        return Error;
    }

    /// <summary>Builds a library as a compiler does, straight into the file that may be there.</summary>
    public string Build(string name, string code, params string[] references)
    {
        var path = Folder.File($"{name}.dll");
        var image = new MemoryStream();
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var all = references.Append(Path.Combine(framework, "System.Private.CoreLib.dll")).Append(Path.Combine(framework, "System.Runtime.dll"));
        CSharpCompilation.Create(
            Path.GetFileName(name), [CSharpSyntaxTree.ParseText(code)], all.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(image).Success.Should().BeTrue();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(0);
        image.WriteTo(file);
        return path;
    }

    public void Dispose()
    {
        Session.Dispose();
        Folder.Dispose();
    }
}
