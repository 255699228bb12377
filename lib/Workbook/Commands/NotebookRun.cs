using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Workbook.Execution;
using Workbook.Execution.Running;
using Workbook.Notebooks;

namespace Workbook.Commands;

/// <summary>Runs one notebook from a fresh session and writes its executed copy.</summary>
internal static class NotebookRun
{
    /// <summary>Runs the cells until one fails or the run is canceled; the copy is written either way.</summary>
    public static async Task<NotebookResult> RunAsync(PlannedNotebook planned, string outFolder, RunProgress progress, CancellationToken cancellation)
    {
        var (notebook, name) = planned;
        var clock = Stopwatch.StartNew();
        var executed = new Dictionary<int, ExecutedCell>();
        var displays = new ConcurrentDictionary<string, JsonObject>();
        var code = Enumerable.Range(0, notebook.Cells.Length).Where(index => notebook.Cells[index].Kind == CellKind.Code).ToList();
        var (result, done) = (CellResult.Done, 0);
        AppContext.SetData(UnattendedHost.Key, true);
        using var session = new CellSession(notebook.Folder, StopTimeouts.Headless);
        foreach (var index in code)
        {
            var (started, count) = (DateTimeOffset.UtcNow, executed.Count + 1);
            progress.StartCell(count, code.Count, clock.Elapsed);
            var collector = new OutputCollector(count, displays);
            var host = new UnattendedHost(output =>
            {
                collector.Add(output);
                progress.Show(output, name, count);
            });
            result = await session.RunAsync(
                notebook.Cells[index].Source, string.Create(CultureInfo.InvariantCulture, $"cell {count}"), host, cancellation).ConfigureAwait(false);
            executed[index] = new ExecutedCell(count, collector, started, DateTimeOffset.UtcNow);
            if (result != CellResult.Done)
            {
                break;
            }
            done++;
        }
        NotebookWriter.Write(notebook, executed, Path.Combine(outFolder, name));
        return new NotebookResult(name, done, code.Count, clock.Elapsed, result);
    }
}

/// <summary>How a notebook's run went.</summary>
/// <param name="Name">The notebook's path from the folder that was given.</param>
/// <param name="Run">Code cells that ran to their end.</param>
/// <param name="Cells">Code cells in all.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Result">How its last cell ended.</param>
internal sealed record NotebookResult(string Name, int Run, int Cells, TimeSpan Time, CellResult Result);
