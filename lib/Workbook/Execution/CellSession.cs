using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Workbook.Formatting;
using Workbook.Notebooks;

namespace Workbook.Execution;

/// <summary>
/// A sequence of C# cells in which each sees what those before it left: variables, types, usings and references. One cell runs at
/// a time in a process, for the console and the working folder are the process's.
/// </summary>
public sealed class CellSession : IDisposable
{
    private readonly string _folder;
    private readonly ReferenceResolver _references;
    private readonly NotebookLoadContext _assemblies = new();
    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly ScriptOptions _options;
    private ScriptState<object>? _state;

    /// <summary>Starts a session in which nothing is declared yet.</summary>
    /// <param name="folder">The working folder of its cells, from which relative paths start.</param>
    public CellSession(string folder)
    {
        _folder = Path.GetFullPath(folder);
        _references = new ReferenceResolver(_folder);
        _loader.RegisterDependency(typeof(CellFunctions).Assembly);
        _options = ScriptOptions.Default
            .WithReferences(FrameworkReferences.All)
            .WithImports(
                "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
                typeof(CellFunctions).FullName!)
            .WithMetadataResolver(_references)
            .WithSourceResolver(new SourceFileResolver([], _folder))
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8);
    }

    /// <summary>What every cell is compiled with.</summary>
    internal ScriptOptions Options => _options;

    /// <summary>What the newest cell that ran left, to its end or not; null before the first. Safe to read while a cell runs.</summary>
    internal ScriptState? State => Volatile.Read(ref _state);

    /// <summary>The folder from which relative paths start.</summary>
    internal string Folder => _folder;

    /// <summary>Runs a cell to its end.</summary>
    /// <param name="code">Its text.</param>
    /// <param name="name">What errors call it, for instance <c>cell 3</c>.</param>
    /// <param name="output">Receives its outputs, in order, while it runs.</param>
    /// <param name="cancellation">Stops waiting for the cell. Code that does not end by itself goes on in the background, unheard.</param>
    public async Task<CellResult> RunAsync(string code, string name, Action<CellOutput> output, CancellationToken cancellation = default)
    {
        using var sink = OutputSink.Open(output);
        using var console = new ConsoleCapture(sink);
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(_folder);
        try
        {
            // On a thread of its own pool slot: a cell may block, and the caller must still hear of a cancellation.
            return await Task.Run(() => RunAsync(new CellCode(code, Path.Combine(_folder, name)), sink, cancellation), cancellation)
                .WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return CellResult.Cancelled;
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _loader.Dispose();

    private async Task<CellResult> RunAsync(CellCode cell, OutputSink sink, CancellationToken cancellation)
    {
        try
        {
            var (code, imports) = CellDirectives.Read(cell.Text);
            foreach (var import in imports)
            {
                foreach (var part in ImportedCode.Read(Path.GetFullPath(import, _folder)))
                {
                    if (await RunAsync(part, sink, cancellation).ConfigureAwait(false) is var result and not CellResult.Done)
                    {
                        return result;
                    }
                }
            }
            return await SubmitAsync(cell with { Text = code }, sink, cancellation).ConfigureAwait(false);
        }
        catch (CellDirectiveException e)
        {
            sink.Send(CellErrors.OfDirective(e));
        }
        catch (NotebookFormatException e)
        {
            sink.Send(new ErrorOutput("ImportError", e.Message, Line: null, [e.Message]));
        }
        return CellResult.Failed;
    }

    private async Task<CellResult> SubmitAsync(CellCode cell, OutputSink sink, CancellationToken cancellation)
    {
        var options = _options.WithFilePath(cell.Path);
        var script = _state is null
            ? CSharpScript.Create<object>(cell.Text, options, globalsType: null, _loader)
            : _state.Script.ContinueWith<object>(cell.Text, options);
        var errors = script.Compile(cancellation).Where(one => one.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            sink.Send(CellErrors.OfCompilation(errors));
            return CellResult.Failed;
        }
        try
        {
            foreach (var path in _references.Paths)
            {
                _loader.RegisterDependency(_assemblies.LoadOnce(path));
            }
            _state = _state is null
                ? await script.RunAsync(globals: null, static _ => true, cancellation).ConfigureAwait(false)
                : await script.RunFromAsync(_state, static _ => true, cancellation).ConfigureAwait(false);
            if (_state.Exception is null && HasResult(script))
            {
                sink.Send(new ResultOutput(ValueFormatter.Format(_state.ReturnValue)));
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // A reference that does not load, or a value that cannot be shown.
            sink.Send(CellErrors.OfException(e, cell.Path));
            return CellResult.Failed;
        }
        if (_state.Exception is { } thrown)
        {
            sink.Send(CellErrors.OfException(thrown, cell.Path));
            return CellResult.Failed;
        }
        return CellResult.Done;
    }

    // A call that returns nothing and an expression that is null leave the same value; only the compiler knows one from the other.
    private static bool HasResult(Script script)
    {
        var compilation = script.GetCompilation();
        var tree = compilation.SyntaxTrees.Last();
        return ((CompilationUnitSyntax)tree.GetRoot()).Members.LastOrDefault() is GlobalStatementSyntax { Statement: var last }
            && last switch
            {
                ReturnStatementSyntax { Expression: not null } => true,
                ExpressionStatementSyntax { SemicolonToken.IsMissing: true } shown =>
                    compilation.GetSemanticModel(tree).GetTypeInfo(shown.Expression).Type?.SpecialType != SpecialType.System_Void,
                _ => false,
            };
    }
}
