using AwesomeAssertions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Editing;
using Workbook.Editing.Completion;
using Workbook.Editing.Inspection;
using Workbook.Execution;
using Workbook.Execution.Running;
using Workbook.Outputs;

namespace Workbook.Tests.Editing;

/// <summary>A session in a folder of its own with an editor over it; a bar in a test's code is the cursor.</summary>
public sealed class EditedSession : IDisposable
{
    private readonly CellSession _session;

    public EditedSession()
    {
        _session = new CellSession(Folder.Path);
        Editor = new CellEditor(_session);
    }

    public TemporaryFolder Folder { get; } = new();

    public CellEditor Editor { get; }

    public Task<CellResult> Run(string code) => _session.RunAsync(code, "cell 1", new UnattendedHost(_ => { }));

    /// <summary>What a cell fails with; empty where it does not.</summary>
    public async Task<string> Refusal(string code)
    {
        var errors = new List<ErrorOutput>();
        await _session.RunAsync(code, "cell 1", new UnattendedHost(output => errors.AddRange(output is ErrorOutput error ? [error] : [])));
        return errors.FirstOrDefault()?.Message ?? "";
    }

    public Task<CompletionList> Complete(string marked) => Editor.CompleteAsync(Code(marked), Cursor(marked));

    public async Task<string[]> Names(string marked) => [.. (await Complete(marked)).Items.Select(item => item.Text)];

    public async Task<CompletionItem> Item(string marked, string text) => (await Complete(marked)).Items.Single(item => item.Text == text);

    public Task<CellInspection?> Inspect(string marked, InspectionDetail detail = InspectionDetail.Brief) =>
        Editor.InspectAsync(Code(marked), Cursor(marked), detail);

    public async Task<string> Plain(string marked, InspectionDetail detail = InspectionDetail.Brief) =>
        (await Inspect(marked, detail))!.PlainText;

    public Task<CallSignatures?> Signatures(string marked) => Editor.SignaturesAsync(Code(marked), Cursor(marked));

    /// <summary>Compiles an assembly, with its documentation beside it, into the folder.</summary>
    public void Library(string name, string code)
    {
        using var assembly = File.Create(Folder.File($"{name}.dll"));
        using var documentation = File.Create(Folder.File($"{name}.xml"));
        CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose))],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .Emit(assembly, xmlDocumentationStream: documentation).Success.Should().BeTrue();
    }

    public void Dispose()
    {
        Editor.Dispose();
        Folder.Dispose();
    }

    private static string Code(string marked) => marked.Replace("|", "", StringComparison.Ordinal);

    private static int Cursor(string marked) => marked[..marked.IndexOf('|', StringComparison.Ordinal)].EnumerateRunes().Count();
}
