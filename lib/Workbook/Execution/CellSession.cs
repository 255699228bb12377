using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Workbook.Execution.Directives;
using Workbook.Execution.Errors;
using Workbook.Execution.References;
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
    private readonly SessionReferences _references;
    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly ScriptOptions _options;
    private ScriptState<object>? _state;

    /// <summary>Starts a session in which nothing is declared yet.</summary>
    /// <param name="folder">The working folder of its cells, from which relative paths start.</param>
    public CellSession(string folder)
    {
        _folder = Path.GetFullPath(folder);
        _references = new SessionReferences(_folder);
        _loader.RegisterDependency(typeof(CellFunctions).Assembly);
        _options = ScriptOptions.Default
            .WithReferences(FrameworkReferences.All)
            .WithImports(
                "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
                typeof(CellFunctions).FullName!)
            .WithMetadataResolver(_references.Resolver)
            .WithSourceResolver(new SourceFileResolver([], _folder))
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8);
    }

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
    public void Dispose()
    {
        _loader.Dispose();
        _references.Dispose();
    }

    private async Task<CellResult> RunAsync(CellCode cell, OutputSink sink, CancellationToken cancellation)
    {
        try
        {
            var clock = Stopwatch.StartNew();
            var directives = CellDirectives.Read(cell.Text);
            if (_references.RebuiltNotice() is { } notice)
            {
                sink.Send(new StreamOutput("stderr", notice));
            }
            await PackageDirectives.FollowAsync(directives, _references, _folder, sink.Send, cancellation).ConfigureAwait(false);
            Answer(directives.All.OfType<QuestionDirective>().Where(one => one.IsBeforeCode), sink);
            foreach (var import in directives.All.OfType<ImportDirective>())
            {
                foreach (var part in ImportedCode.Read(Path.GetFullPath(import.Path, _folder)))
                {
                    if (await RunAsync(part, sink, cancellation).ConfigureAwait(false) is var result and not CellResult.Done)
                    {
                        return result;
                    }
                }
            }
            var ended = await SubmitAsync(cell with { Text = directives.Code }, sink, cancellation).ConfigureAwait(false);
            Answer(directives.All.OfType<QuestionDirective>().Where(one => !one.IsBeforeCode), sink);
            if (directives.All.Any(one => one is TimeDirective))
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"Wall time: {clock.Elapsed.TotalMilliseconds:0.#} ms");
                sink.Send(new DisplayOutput(MimeBundle.Of(MimeBundle.PlainType, text), Guid.NewGuid().ToString("N")));
            }
            return ended;
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

    private void Answer(IEnumerable<QuestionDirective> questions, OutputSink sink)
    {
        foreach (var question in questions)
        {
            sink.Send(new DisplayOutput(SessionQuestions.Answer(question.Name, _state), Guid.NewGuid().ToString("N")));
        }
    }

    private async Task<CellResult> SubmitAsync(CellCode cell, OutputSink sink, CancellationToken cancellation)
    {
        var options = _options.WithFilePath(cell.Path).AddReferences(_references.Packages.References);
        var script = _state is null
            ? CSharpScript.Create<object>(cell.Text, options, globalsType: null, _loader)
            : _state.Script.ContinueWith<object>(cell.Text, options);
        var errors = script.Compile(cancellation).Where(one => one.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            sink.Send(CellErrors.OfCompilation(errors, cell, _references.Resolver));
            return CellResult.Failed;
        }
        try
        {
            foreach (var assembly in _references.LoadNew())
            {
                _loader.RegisterDependency(assembly);
            }
            _state = _state is null
                ? await script.RunAsync(globals: null, static _ => true, cancellation).ConfigureAwait(false)
                : await script.RunFromAsync(_state, static _ => true, cancellation).ConfigureAwait(false);
            if (_state.Exception is null && HasResult(script)
                && await AwaitedResult.OfAsync(_state.ReturnValue, cancellation).ConfigureAwait(false) is (true, var value))
            {
                sink.Send(new ResultOutput(ValueFormatter.Format(value)));
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
