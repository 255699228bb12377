using System.Globalization;
using Spectre.Console;
using Workbook.Book;
using Workbook.Execution.Running;
using Workbook.Outputs;

namespace Workbook.Commands;

/// <summary>Shows at the terminal what is running, with the notebooks' own console text indented below.</summary>
internal sealed class RunProgress(TextWriter terminal, bool isTerminal)
{
    private string _notebook = "";
    private bool _atLineStart = true;

    /// <summary>Notes which notebook begins.</summary>
    public void StartNotebook(int number, int count, string name) =>
        _notebook = string.Create(CultureInfo.InvariantCulture, $"notebook {number} of {count}: {name}");

    /// <summary>Shows that a cell begins.</summary>
    public void StartCell(int number, int count, TimeSpan elapsed) =>
        Line(string.Create(CultureInfo.InvariantCulture, $"{_notebook}, cell {number} of {count}, {elapsed.TotalSeconds:0.0} s"));

    /// <summary>Shows what a running cell puts out, if it is console text or an error.</summary>
    public void Show(CellOutput output, string notebook, int cell)
    {
        if (output is StreamOutput stream)
        {
            Indented(stream.Text);
        }
        else if (output is ErrorOutput error)
        {
            var line = error.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $", line {number}") : "";
            var word = error.Name is ErrorOutput.Interrupted or ErrorOutput.NotStopped ? "STOPPED" : "FAILED";
            Line(string.Create(CultureInfo.InvariantCulture, $"{word} {notebook}, cell {cell}{line}: {error.Name}"));
            foreach (var text in error.Traceback)
            {
                Line("    " + text);
            }
        }
        terminal.Flush();
    }

    /// <summary>Shows, at the end, a table of how each notebook ended.</summary>
    public void Finish(IReadOnlyCollection<NotebookResult> results, string outFolder)
    {
        var table = new Table().Border(isTerminal ? TableBorder.Rounded : TableBorder.Ascii).AddColumns("notebook", "cells", "time", "result");
        foreach (var one in results)
        {
            var word = one.Result switch
            {
                CellResult.Done => "[green]ok[/]",
                CellResult.Failed => "[red]failed[/]",
                _ => "[yellow]stopped[/]",
            };
            table.AddRow(
                Markup.Escape(one.Name),
                string.Create(CultureInfo.InvariantCulture, $"{one.Run} of {one.Cells}"),
                string.Create(CultureInfo.InvariantCulture, $"{one.Time.TotalSeconds:0.0} s"),
                word);
        }
        EndLine();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(terminal),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Write(table);
        Line($"Executed copies are in {outFolder}");
    }

    /// <summary>Shows where the book begins, and what could not be brought into it.</summary>
    public void ShowBook(BookReport book)
    {
        foreach (var remark in book.Remarks)
        {
            Line(remark);
        }
        Line($"The book of them begins at {book.Start}");
    }

    private void Indented(string text)
    {
        foreach (var one in isTerminal ? text : text.Replace('\r', '\n'))
        {
            if (_atLineStart && one != '\n')
            {
                terminal.Write("    ");
            }
            terminal.Write(one);
            _atLineStart = one is '\n' or '\r';
        }
    }

    private void Line(string text)
    {
        EndLine();
        terminal.WriteLine(text);
        terminal.Flush();
    }

    private void EndLine()
    {
        if (!_atLineStart)
        {
            terminal.WriteLine();
            _atLineStart = true;
        }
    }
}
