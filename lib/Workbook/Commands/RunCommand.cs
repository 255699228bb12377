using System.CommandLine;
using Workbook.Book;
using Workbook.Execution.Running;
using Workbook.Notebooks;

namespace Workbook.Commands;

/// <summary>The command <c>run</c>: executes notebooks headless.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter output, TextWriter error, bool isTerminal)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Notebooks, or folders whose notebooks (*.ipynb) run in the order of their names, then those of the folders in them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var parameters = new Option<string[]>("-p") { Description = "Sets a parameter of the notebooks: name=value. May be repeated." };
        var outFolder = new Option<string>("--out") { Description = "The folder for the executed copies and the book of them.", DefaultValueFactory = _ => "out" };
        var command = new Command("run", "Runs notebooks from their first cell to their last and writes executed copies, and a book of web pages from them.")
        {
            paths, parameters, outFolder,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                var plan = RunPlan.Make(parsed.GetValue(paths)!, parsed.GetValue(parameters) ?? [], parsed.GetValue(outFolder)!);
                return await RunAsync(plan, new RunProgress(output, isTerminal), cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is UsageException or NotebookFormatException)
            {
                await error.WriteLineAsync(e.Message).ConfigureAwait(false);
                return ExitCodes.Usage;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync($"An executed copy or the book cannot be written: {e.Message} Name another folder with --out.").ConfigureAwait(false);
                return ExitCodes.Usage;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(RunPlan plan, RunProgress progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(plan.OutFolder); // now, for nobody should learn after an hour's training that the copy has no place
        var results = new List<NotebookResult>();
        foreach (var one in plan.Notebooks)
        {
            progress.StartNotebook(results.Count + 1, plan.Notebooks.Length, one.Name);
            results.Add(await NotebookRun.RunAsync(one, plan.OutFolder, progress, cancellation).ConfigureAwait(false));
            // A notebook's variables may hold native memory that the collector does not feel; the next notebook needs it back.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
        }
        progress.Finish(results, plan.OutFolder);
        progress.ShowBook(BookWriter.Write(plan.OutFolder, plan.BookFolder, plan.Pages));
        return cancellation.IsCancellationRequested ? ExitCodes.Stopped
            : results.All(result => result.Result == CellResult.Done) ? ExitCodes.Done : ExitCodes.CellFailed;
    }
}
