using System.Diagnostics;
using System.Globalization;
using Workbook.Execution.Directives;
using Workbook.Execution.Errors;
using Workbook.Execution.References;
using Workbook.Execution.Submissions;
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
    private readonly Patience _patience;
    private readonly SessionReferences _references;
    private readonly SubmissionChain _chain;

    /// <summary>Starts a session in which nothing is declared yet.</summary>
    /// <param name="folder">The working folder of its cells, from which relative paths start.</param>
    /// <param name="patience">How long a cell that is asked to stop may take; that of a reader when left out.</param>
    public CellSession(string folder, Patience? patience = null)
    {
        _folder = Path.GetFullPath(folder);
        _patience = patience ?? Patience.OfReader;
        _references = new SessionReferences(_folder);
        _chain = new SubmissionChain(_folder, _references);
        CellConsole.Install();
    }

    /// <summary>The cells that ran, as the compiler sees them. Safe to read while a cell runs.</summary>
    internal SubmissionChain Submissions => _chain;

    /// <summary>The folder from which relative paths start.</summary>
    internal string Folder => _folder;

    /// <summary>Runs a cell to its end.</summary>
    /// <param name="code">Its text.</param>
    /// <param name="name">What errors call it, for instance <c>cell 3</c>.</param>
    /// <param name="host">Receives its outputs, in order, while it runs, and later those of what it left running.</param>
    /// <param name="stop">Asks the cell to stop. One that does not is left running in the background after a while.</param>
    public Task<CellResult> RunAsync(string code, string name, ICellHost host, CancellationToken stop = default) =>
        RunAsync(cell => RunAsync(new CellCode(code, Path.Combine(_folder, name)), cell), host, stop);

    /// <summary>Evaluates an expression on top of the cells that ran so far; nothing that it declares stays.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="host">Receives its value as a <see cref="ResultOutput"/>, or what is wrong as an <see cref="ErrorOutput"/>.</param>
    /// <param name="stop">Asks it to stop.</param>
    public Task<CellResult> EvaluateAsync(string expression, ICellHost host, CancellationToken stop = default) =>
        RunAsync(cell => SubmitAsync(new CellCode(expression, Path.Combine(_folder, "expression")), cell, _chain.RunAsideAsync), host, stop);

    /// <summary>Removes the session's temporary files. What it loaded stays loaded, for code of it may still run.</summary>
    public void Dispose() => _references.Dispose();

    private async Task<CellResult> RunAsync(Func<RunningCell, Task<CellResult>> code, ICellHost host, CancellationToken stop)
    {
        var cell = new RunningCell(host, stop);
        var thread = new CellThread();
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(_folder);
        try
        {
            var run = thread.Run(async () =>
            {
                cell.Begin();
                try
                {
                    var result = await code(cell).ConfigureAwait(false);
                    // Asked to stop while it ran: also one that listened, and ended before this was noticed here.
                    return cell.Stop.IsCancellationRequested ? CellResult.Stopped : result;
                }
                finally
                {
                    cell.End();
                }
            });
            var result = await UntilStopped(run, cell, thread).ConfigureAwait(false);
            if (CellErrors.OfStop(result) is { } stopped)
            {
                cell.Send(stopped);
            }
            return result;
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    private async Task<CellResult> UntilStopped(Task<CellResult> run, RunningCell cell, CellThread thread)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cell.Stop.Register(() => stopped.TrySetResult());
        if (await Task.WhenAny(run, stopped.Task).ConfigureAwait(false) != run)
        {
            if (!await EndsWithin(run, _patience.BeforeForce).ConfigureAwait(false))
            {
                cell.Force();
                thread.Wake();
                if (!await EndsWithin(run, _patience.BeforeLeaving).ConfigureAwait(false))
                {
                    return CellResult.LeftRunning;
                }
            }
        }
        return await run.ConfigureAwait(false);
    }

    private static async Task<bool> EndsWithin(Task run, TimeSpan time) =>
        await Task.WhenAny(run, Task.Delay(time)).ConfigureAwait(false) == run;

    private async Task<CellResult> RunAsync(CellCode code, RunningCell cell)
    {
        try
        {
            var clock = Stopwatch.StartNew();
            var directives = CellDirectives.Read(code.Text);
            if (_references.RebuiltNotice() is { } notice)
            {
                cell.Send(new StreamOutput("stderr", notice));
            }
            await PackageDirectives.FollowAsync(directives, _references, _folder, cell.Send, cell.Stop).ConfigureAwait(false);
            Answer(directives.Questions(isBeforeCode: true), cell);
            foreach (var import in directives.All.OfType<ImportDirective>())
            {
                foreach (var part in ImportedCode.Read(Path.GetFullPath(import.Path, _folder)))
                {
                    if (await RunAsync(part, cell).ConfigureAwait(false) is var ended and not CellResult.Done)
                    {
                        return ended;
                    }
                }
            }
            var result = await SubmitAsync(code with { Text = directives.Code }, cell, _chain.RunAsync).ConfigureAwait(false);
            Answer(directives.Questions(isBeforeCode: false), cell);
            if (directives.IsTimed)
            {
                cell.Send(DisplayOutput.OfText(string.Create(CultureInfo.InvariantCulture, $"Wall time: {clock.Elapsed.TotalMilliseconds:0.#} ms")));
            }
            return result;
        }
        catch (OperationCanceledException) when (cell.Stop.IsCancellationRequested)
        {
            return CellResult.Stopped;
        }
        catch (CellDirectiveException e)
        {
            cell.Send(CellErrors.OfDirective(e));
        }
        catch (NotebookFormatException e)
        {
            cell.Send(new ErrorOutput("ImportError", e.Message, Line: null, [e.Message]));
        }
        return CellResult.Failed;
    }

    private void Answer(IEnumerable<QuestionDirective> questions, RunningCell cell)
    {
        foreach (var question in questions)
        {
            cell.Send(new DisplayOutput(SessionQuestions.Answer(question.Name, _chain), Guid.NewGuid().ToString("N")));
        }
    }

    private async Task<CellResult> SubmitAsync(CellCode code, RunningCell cell, Func<Submission, Task<object?>> run)
    {
        try
        {
            var (submission, errors) = _chain.Compile(code, cell.Stop);
            if (submission is null)
            {
                cell.Send(CellErrors.OfCompilation(errors, code, _references.Resolver));
                return CellResult.Failed;
            }
            _references.LoadNew();
            var value = await run(submission).ConfigureAwait(false);
            if (submission.HasResult && await AwaitedResult.OfAsync(value, cell.Stop).ConfigureAwait(false) is (true, var shown))
            {
                cell.Send(new ResultOutput(ValueFormatter.Format(shown)));
            }
            return CellResult.Done;
        }
        catch (Exception e) when (cell.Stop.IsCancellationRequested && e.GetBaseException() is OperationCanceledException or ThreadInterruptedException)
        {
            return CellResult.Stopped;
        }
        catch (Exception e)
        {
            // The cell's own exception, a reference that does not load, or a value that cannot be shown.
            cell.Send(CellErrors.OfException(e, code.Path));
            return CellResult.Failed;
        }
    }
}
