using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using Workbook.Execution;
using Workbook.Execution.References;
using Workbook.Execution.Submissions;

namespace Workbook.Editing.Context;

/// <summary>
/// The cell that is being edited as a document of Roslyn's, over the earlier cells' declarations. Not for two callers at once.
/// </summary>
internal sealed class EditingWorkspace : IDisposable
{
    private static readonly CSharpParseOptions Parsing = new(kind: SourceCodeKind.Script, documentationMode: DocumentationMode.Parse);

    private readonly CellSession _session;
    private readonly AdhocWorkspace _workspace = new(MefHostServices.DefaultHost);
    private readonly DocumentedReferences _documented;
    private readonly CSharpCompilationOptions _options;
    private EarlierCells _earlier = new();
    private Compilation? _newest;
    private Solution _solution;
    private ImmutableArray<Piece> _pieces;
    private ImmutableArray<MetadataReference> _references;
    private DocumentId _cell;

    private sealed record Piece(DocumentId Document, string Text);

    /// <summary>Opens a workspace on what the session has so far.</summary>
    public EditingWorkspace(CellSession session)
    {
        _session = session;
        _documented = new DocumentedReferences(session.Folder);
        _options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            usings: SubmissionChain.Usings,
            allowUnsafe: true,
            sourceReferenceResolver: new SourceFileResolver([], session.Folder),
            metadataReferenceResolver: _documented);
        _references = [.. FrameworkReferences.All.Select(_documented.WithDocumentation)];
        (_solution, _pieces, _cell) = Build([""]);
    }

    /// <summary>A cell's text as a document that sees what ran so far.</summary>
    public async Task<Document> OpenAsync(string code, CancellationToken cancellation)
    {
        if (_session.Submissions.Latest is var newest && newest != _newest)
        {
            Follow(newest);
            _newest = newest;
        }
        // Asked of the solution that is kept: one that is only derived from it would compile the earlier cells for itself, each time.
        await _solution.GetDocument(_cell)!.Project.GetCompilationAsync(cancellation).ConfigureAwait(false);
        _solution = _solution.WithDocumentText(_cell, SourceText.From(UsingVariables.In(code).Text));
        return _solution.GetDocument(_cell)!;
    }

    /// <inheritdoc/>
    public void Dispose() => _workspace.Dispose();

    private void Follow(Compilation? newest)
    {
        var unseen = new Stack<Compilation>();
        for (var cell = newest; cell != _newest; cell = cell.ScriptCompilationInfo?.PreviousScriptCompilation)
        {
            if (cell is null)
            {
                // The session does not stand on what was read before.
                _earlier = new EarlierCells();
                break;
            }
            unseen.Push(cell);
        }
        foreach (var cell in unseen)
        {
            _earlier.Add(CellDeclarations.Of(cell));
        }
        var references = newest is null ? _references : References(newest);
        var pieces = _earlier.Pieces();
        if (pieces.Length != _pieces.Length || references != _references)
        {
            _references = references;
            (_solution, _pieces, _cell) = Build(pieces);
            return;
        }
        foreach (var ((id, before), text) in _pieces.Zip(pieces))
        {
            _solution = text == before ? _solution : _solution.WithDocumentText(id, SourceText.From(text));
        }
        _pieces = [.. _pieces.Zip(pieces, (piece, text) => piece with { Text = text })];
    }

    // Those that the compiler found by itself beside another one included; the same list again where nothing is new.
    private ImmutableArray<MetadataReference> References(Compilation newest)
    {
        var found = newest.SourceModule.ReferencedAssemblySymbols.Select(newest.GetMetadataReference).OfType<MetadataReference>()
            .Select(_documented.WithDocumentation).ToImmutableArray();
        return found.SequenceEqual(_references) ? _references : found;
    }

    private (Solution, ImmutableArray<Piece>, DocumentId) Build(ImmutableArray<string> pieces)
    {
        var solution = _workspace.CurrentSolution;
        var ids = ImmutableArray.CreateBuilder<DocumentId>();
        foreach (var text in pieces.Append(""))
        {
            var project = ProjectId.CreateNewId();
            var name = $"cells{ids.Count}";
            var document = DocumentId.CreateNewId(project);
            var earlier = ids.Count > 0 ? new[] { new ProjectReference(ids[^1].ProjectId) } : [];
            solution = solution
                .AddProject(ProjectInfo.Create(
                    project, VersionStamp.Default, name, name, LanguageNames.CSharp, compilationOptions: _options, parseOptions: Parsing,
                    projectReferences: earlier, metadataReferences: _references, isSubmission: true))
                .AddDocument(DocumentInfo.Create(
                    document, name, sourceCodeKind: SourceCodeKind.Script,
                    loader: TextLoader.From(TextAndVersion.Create(SourceText.From(text), VersionStamp.Default)),
                    filePath: Path.Combine(_session.Folder, name)));
            ids.Add(document);
        }
        return (solution, [.. ids.Zip(pieces, (id, text) => new Piece(id, text))], ids[^1]);
    }
}
