using System.Diagnostics;
using System.Globalization;
using Workbook.Execution.Directives;
using Workbook.Execution.Errors;
using Workbook.Execution.References;
using Workbook.Execution.Running;
using Workbook.Execution.Submissions;
using Workbook.Formatting;
using Workbook.Notebooks;
using Workbook.Outputs;

namespace Workbook.Execution;

/// <summary>
/// A sequence of C# cells in which each sees what those before it left: variables, types, usings and references. One cell runs at
/// a time in a process, for the console and the working folder are the process's.
/// </summary>
public sealed class CellSession : IDisposable
{
    private readonly string _folder;
    private readonly StopTimeouts _timeouts;
    private readonly SessionReferences _references;
    private readonly SubmissionChain _chain;
    private int _inUse;

    /// <summary>Starts a session in which nothing is declared yet.</summary>
    /// <param name="folder">The working folder of its cells, from which relative paths start.</param>
    /// <param name="timeouts">How long a cell that is asked to stop may take; <see cref="StopTimeouts.Interactive"/> when left out.</param>
    public CellSession(string folder, StopTimeouts? timeouts = null)
    {
        _folder = Path.GetFullPath(folder);
        _timeouts = timeouts ?? StopTimeouts.Interactive;
        _references = new SessionReferences(_folder);
        _chain = new SubmissionChain(_folder, _references);
    }

    /// <summary>The cells that ran, as the compiler sees them. Safe to read while a cell runs.</summary>
    internal SubmissionChain Submissions => _chain;

    /// <summary>The folder from which relative paths start.</summary>
    internal string Folder => _folder;

    /// <summary>
    /// Runs a first cell in a session of its own, which shows nowhere: most of the first second of a process's first cell is the
    /// compiler's own start.
    /// </summary>
    public static Task WarmUpAsync() => Task.Run(() =>
        new CellSession(Directory.GetCurrentDirectory()).RunAsync("var x = 1;\nx", "warm-up", new UnattendedHost(_ => { })));

    /// <summary>Runs a cell to its end.</summary>
    /// <param name="code">Its text.</param>
    /// <param name="name">What errors call it, for instance <c>cell 3</c>.</param>
    /// <param name="host">Receives its outputs, in order, while it runs, and later those of what it left running.</param>
    /// <param name="stop">Asks the cell to stop. One that does not is left running in the background after a while.</param>
    public Task<CellResult> RunAsync(string code, string name, ICellHost host, CancellationToken stop = default) =>
        RunStoppableAsync(cell => RunWithDirectivesAsync(new CellCode(code, Path.Combine(_folder, name)), cell), host, stop);

    /// <summary>Evaluates an expression on top of the cells that ran so far; nothing that it declares stays.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="host">Receives its value as a <see cref="ResultOutput"/>, or what is wrong as an <see cref="ErrorOutput"/>.</param>
    /// <param name="stop">Asks it to stop.</param>
    public Task<CellResult> EvaluateAsync(string expression, ICellHost host, CancellationToken stop = default) =>
        RunStoppableAsync(cell => CompileAndRunAsync(new CellCode(expression, Path.Combine(_folder, "expression")), cell, _chain.RunAsideAsync), host, stop);

    /// <summary>
    /// Disposes of what cells declared by <c>using</c>, unless a cell that was stopped or still runs may be using it, and removes the session's
    /// temporary files. What it loaded stays loaded, for code of it may still run.
    /// </summary>
    public void Dispose()
    {
        if (Volatile.Read(ref _inUse) == 0)
        {
            Task.Run(_chain.DisposeOfVariables).Wait(_timeouts.BeforeLeaving);
        }
        _references.Dispose();
    }

    // Adds the working folder, the console, the thread that can be stopped, and the words for a cell that was.
    private async Task<CellResult> RunStoppableAsync(Func<RunningCell, Task<CellResult>> code, ICellHost host, CancellationToken stop)
    {
        var cell = new RunningCell(host, stop);
        var before = Directory.GetCurrentDirectory();
        Interlocked.Increment(ref _inUse);
        Directory.SetCurrentDirectory(_folder);
        CellConsole.Take();
        try
        {
            var result = await cell.RunAsync(() => code(cell), _timeouts).ConfigureAwait(false);
            if (result is CellResult.Done or CellResult.Failed)
            {
                Interlocked.Decrement(ref _inUse);
            }
            else
            {
                cell.Send(result == CellResult.Stopped ? CellErrors.OfStop : CellErrors.OfFailedStop);
            }
            return result;
        }
        finally
        {
            CellConsole.Take();
            Directory.SetCurrentDirectory(before);
        }
    }

    // Adds what the cell's directives ask for: packages and imported files before its code, answers around it.
    private async Task<CellResult> RunWithDirectivesAsync(CellCode code, RunningCell cell)
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
                    if (await RunWithDirectivesAsync(part, cell).ConfigureAwait(false) is var ended and not CellResult.Done)
                    {
                        return ended;
                    }
                }
            }
            var result = await CompileAndRunAsync(code with { Text = directives.Code }, cell, _chain.RunAsync).ConfigureAwait(false);
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

    // Compiles the code, runs it, and shows the value of its last expression or what went wrong.
    private async Task<CellResult> CompileAndRunAsync(CellCode code, RunningCell cell, Func<Submission, Task<object?>> run)
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
            // What display returns is for later: its value has been shown.
            if (submission.IsResult(value)
                && await AwaitedResult.OfAsync(value, cell.Stop).ConfigureAwait(false) is (true, var result) && result is not DisplayedValue)
            {
                cell.Send(new ResultOutput(ValueFormatter.Format(result)));
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
