using System.Collections.Immutable;
using Workbook.Book.Content;
using Workbook.Book.Formulas;
using Workbook.Book.Lessons;
using Workbook.Book.Pages;
using Workbook.Notebooks;

namespace Workbook.Book;

/// <summary>Makes a book of executed notebooks: a folder of pages that needs no network, no server and, for text and pictures, no script.</summary>
public static class BookWriter
{
    /// <summary>Writes the book of all notebooks in a folder: its own in the order of their names, then those of the folders in it.</summary>
    /// <param name="notebooks">The folder of the executed notebooks.</param>
    /// <param name="folder">The folder of the book; made where it is missing. What it holds of an earlier book is written over.</param>
    /// <param name="pages">Folders of pages that are no notebooks, see <see cref="OwnPage"/>.</param>
    /// <exception cref="IOException">A page cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A page may not be written.</exception>
    public static BookReport Write(string notebooks, string folder, params IEnumerable<string> pages)
    {
        var remarks = ImmutableArray.CreateBuilder<string>();
        var lessons = new List<Lesson>();
        using var typesetter = new FormulaTypesetter();
        var text = new MarkdownText(typesetter);
        var own = pages.Select(OwnPage.Read).ToList();
        var taken = new HashSet<string>([PageShell.ContentsPage, .. own.Select(page => page.Page)], StringComparer.OrdinalIgnoreCase);
        foreach (var file in NotebookFiles.In(Path.GetFullPath(notebooks), except: Path.GetFullPath(folder)))
        {
            try
            {
                var name = Path.GetRelativePath(notebooks, file).Replace('\\', '/');
                lessons.Add(LessonReader.Read(NotebookReader.Read(file), name, PageName(name, taken), text, remarks));
            }
            catch (NotebookFormatException e)
            {
                remarks.Add($"Not in the book: {e.Message}");
            }
        }

        var links = new BookLinks(lessons, own);
        foreach (var lesson in lessons)
        {
            links.Resolve(lesson);
        }
        var scripts = SharedScripts.TakeFrom(lessons.Select(lesson => lesson.Article));
        Directory.CreateDirectory(folder);
        foreach (var part in lessons.GroupBy(lesson => lesson.Folder).Select(part => part.ToList()))
        {
            foreach (var (i, lesson) in part.Index())
            {
                WriteFile(folder, lesson.Page, LessonPage.Of(lesson, part.ElementAtOrDefault(i - 1), part.ElementAtOrDefault(i + 1)));
            }
        }
        WriteResource(PageShell.StyleSheet, folder);
        WriteResource(PageShell.ProgressScript, folder);
        WriteResource("formulas.woff2", folder); // the style sheet names it
        WriteFile(folder, PageShell.ContentsPage, ContentsPage.Of(lessons, own));
        foreach (var page in own)
        {
            page.WriteTo(folder);
        }
        WriteScripts(Path.Combine(folder, SharedScripts.Folder), scripts);
        return new BookReport(Path.GetFullPath(Path.Combine(folder, PageShell.ContentsPage)), lessons.Count, remarks.ToImmutable());
    }

    private static string PageName(string notebook, HashSet<string> taken)
    {
        var page = Path.ChangeExtension(notebook, ".html").Replace('/', '-');
        while (!taken.Add(page))
        {
            page = "lesson-" + page;
        }
        return page;
    }

    private static void WriteScripts(string folder, IReadOnlyDictionary<string, string> scripts)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.GetFiles(folder, "*.js").Where(file => !scripts.ContainsKey(Path.GetFileName(file))))
        {
            File.Delete(old); // named after its content, it would lie here for ever
        }
        foreach (var (name, text) in scripts)
        {
            WriteFile(folder, name, text);
        }
    }

    private static void WriteResource(string name, string folder)
    {
        using var source = typeof(BookWriter).Assembly.GetManifestResourceStream(name)!;
        using var target = File.Create(Path.Combine(folder, name));
        source.CopyTo(target);
    }

    private static void WriteFile(string folder, string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}

/// <summary>What became of a book.</summary>
/// <param name="Start">The full path of the page to open.</param>
/// <param name="Lessons">How many lessons it has.</param>
/// <param name="Remarks">What could not be shown as it was meant: formulas shown as their source, files that are no notebooks. Each names its notebook and cell.</param>
public sealed record BookReport(string Start, int Lessons, ImmutableArray<string> Remarks);
