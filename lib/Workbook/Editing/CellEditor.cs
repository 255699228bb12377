using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Workbook.Editing.Completion;
using Workbook.Editing.Context;
using Workbook.Editing.Documentation;
using Workbook.Editing.Inspection;
using Workbook.Execution;

namespace Workbook.Editing;

/// <summary>
/// Help for whoever is writing the next cell of a session: what may stand at the cursor, and what stands there. It sees what the cells so
/// far left and what the cell itself references, and never runs anything. It may be asked while a cell runs, and by several callers; they
/// are served one after another. The first question loads Roslyn's editor services, which takes a second or so: <see cref="WarmUpAsync"/>.
/// </summary>
/// <param name="session">The session.</param>
public sealed class CellEditor(CellSession session) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private EditingWorkspace? _workspace;

    /// <summary>Loads what the first question would have to wait for.</summary>
    public async Task WarmUpAsync(CancellationToken cancellation = default)
    {
        const string code = "Console.WriteLine(";
        await CompleteAsync(code, "Console.Wr".Length, cancellation).ConfigureAwait(false);
        await InspectAsync(code, code.Length, InspectionDetail.Brief, cancellation).ConfigureAwait(false);
    }

    /// <summary>What may stand at the cursor.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The cursor's, in code points from its start.</param>
    /// <param name="cancellation">Cancels the question.</param>
    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation = default)
    {
        var cursor = CodePoints.FromUtf16(code, CodePoints.ToUtf16(code, position));
        return AskAsync(code, position, async (document, at) =>
        {
            var (span, items) = DirectiveCompletion.Ask(code, at, session.Folder)
                ?? await CompletionQuery.AskAsync(document, at, cancellation).ConfigureAwait(false)
                ?? (new(at, 0), []);
            return new CompletionList(CodePoints.FromUtf16(code, span.Start), CodePoints.FromUtf16(code, span.End), items);
        }, nothing: new CompletionList(cursor, cursor, []), cancellation);
    }

    /// <summary>What stands at the cursor: a name's meaning, or the call whose arguments it is among; null for neither.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The cursor's, in code points from its start.</param>
    /// <param name="detail">How much to say.</param>
    /// <param name="cancellation">Cancels the question.</param>
    public Task<CellInspection?> InspectAsync(
        string code, int position, InspectionDetail detail = InspectionDetail.Brief, CancellationToken cancellation = default) =>
        AskAsync(code, position, async (document, at) =>
        {
            var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
            if (SymbolAtPosition.Find(model, at, cancellation) is [var symbol, ..])
            {
                var overloads = symbol is IMethodSymbol method ? Overloads(model, at, method) : [symbol];
                return Describe(model.Compilation, detail, symbol, overloads, active: null, cancellation);
            }
            return Call.Around(model, at, cancellation) is { } call
                ? Describe(model.Compilation, detail, call.Active, call.Overloads, call.ActiveParameter, cancellation)
                : null;
        }, nothing: null, cancellation);

    /// <summary>The ways to make the call that the cursor is in the arguments of; null where it is in none.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The cursor's, in code points from its start.</param>
    /// <param name="cancellation">Cancels the question.</param>
    public Task<CallSignatures?> SignaturesAsync(string code, int position, CancellationToken cancellation = default) =>
        AskAsync(code, position, async (document, at) =>
        {
            var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
            if (Call.Around(model, at, cancellation) is not { } call)
            {
                return null;
            }
            var text = new DocumentationText(DocumentationStyle.Plain, model.Compilation);
            var overloads = call.Overloads.Select(one => new CallSignature(
                SymbolText.Of(one),
                [.. Call.Parameters(one).Select(parameter => parameter.Name)],
                text.Of(SymbolDocumentation.Of(one, model.Compilation, cancellation)?.Element("summary"))));
            return new CallSignatures([.. overloads], call.Overloads.IndexOf(call.Active), call.ActiveParameter?.Ordinal);
        }, nothing: null, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _workspace?.Dispose();
        _turn.Dispose();
    }

    private async Task<T> AskAsync<T>(
        string code, int position, Func<Document, int, Task<T>> answer, T nothing, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(code);
        // Never on the caller's thread: a kernel goes on reading its messages meanwhile.
        return await Task.Run(async () =>
        {
            await _turn.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                _workspace ??= new EditingWorkspace(session);
                var document = await _workspace.OpenAsync(code, cancellation).ConfigureAwait(false);
                return await answer(document, CodePoints.ToUtf16(code, position)).ConfigureAwait(false);
            }
            catch (Exception e) when (IsCompilersOwn(e))
            {
                return nothing;
            }
            finally
            {
                _turn.Release();
            }
        }, cancellation).ConfigureAwait(false);
    }

    // On some text that is far from C#, [Obsolete(static int F(this int y) <int x for one, the compiler itself fails. There is then nothing
    // to say about it; a fault of the workbook's own does not pass for one of those.
    private static bool IsCompilersOwn(Exception e) =>
        e is not OperationCanceledException && e.Source?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true;

    private static ImmutableArray<ISymbol> Overloads(SemanticModel model, int position, IMethodSymbol method) =>
        method.ContainingType is null || method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction
            ? [method]
            : [.. method.ContainingType.GetMembers(method.Name).Where(one => model.IsAccessible(position, one))];

    private CellInspection Describe(
        Compilation compilation, InspectionDetail detail, ISymbol symbol, ImmutableArray<ISymbol> overloads, IParameterSymbol? active,
        CancellationToken cancellation)
    {
        var value = VariableValue.Of(symbol, compilation, session.Submissions);
        string In(DocumentationStyle style) =>
            new InspectionText(compilation, detail, style, cancellation).Of(symbol, value, overloads, active);
        return new CellInspection(In(DocumentationStyle.Plain), In(DocumentationStyle.Markdown));
    }
}
