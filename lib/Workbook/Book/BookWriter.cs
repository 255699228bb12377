using System.Collections.Immutable;
using Workbook.Book.Formulas;
using Workbook.Notebooks;

namespace Workbook.Book;

/// <summary>Makes a book of executed notebooks: a folder of pages that needs no network, no server and, for text and pictures, no script.</summary>
public static class BookWriter
{
    /// <summary>Writes the book of all notebooks in a folder, in the order of their names.</summary>
    /// <param name="notebooks">The folder of the executed notebooks.</param>
    /// <param name="folder">The folder of the book; made where it is missing. What it holds of an earlier book is written over.</param>
    /// <exception cref="IOException">A page cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A page may not be written.</exception>
    public static WrittenBook Write(string notebooks, string folder)
    {
        var remarks = ImmutableArray.CreateBuilder<string>();
        var lessons = new List<Lesson>();
        var pages = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { PageShell.ContentsPage };
        foreach (var file in Directory.GetFiles(notebooks, "*.ipynb").OrderBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal))
        {
            try
            {
                lessons.Add(Read(NotebookReader.Read(file), pages, remarks));
            }
            catch (NotebookFormatException e)
            {
                remarks.Add($"Not in the book: {e.Message}");
            }
        }

        var (links, scripts) = (new BookLinks(lessons), new SharedScripts());
        foreach (var lesson in lessons)
        {
            links.Settle(lesson, notebooks);
            scripts.TakeFrom(lesson.Article);
        }
        Directory.CreateDirectory(folder);
        for (var i = 0; i < lessons.Count; i++)
        {
            WriteFile(folder, lessons[i].Page, LessonPage.Of(lessons[i], i > 0 ? lessons[i - 1] : null, i + 1 < lessons.Count ? lessons[i + 1] : null));
        }
        WriteFile(folder, PageShell.StyleSheet, StyleSheet());
        WriteFile(folder, PageShell.ContentsPage, ContentsPage.Of(lessons));
        WriteScripts(Path.Combine(folder, SharedScripts.Folder), scripts);
        return new WrittenBook(Path.GetFullPath(Path.Combine(folder, PageShell.ContentsPage)), lessons.Count, remarks.ToImmutable());
    }

    private static Lesson Read(Notebook notebook, HashSet<string> pages, ImmutableArray<string>.Builder remarks)
    {
        var page = Path.GetFileNameWithoutExtension(notebook.Name) + ".html";
        while (!pages.Add(page))
        {
            page = "lesson-" + page;
        }
        var untypeset = new List<Formula>();
        var lesson = LessonReader.Read(notebook, page, untypeset);
        remarks.AddRange(untypeset.Select(formula => $"{notebook.Name}: the book shows the formula {formula.Source} as its source: {formula.Trouble}."));
        return lesson;
    }

    private static void WriteScripts(string folder, SharedScripts scripts)
    {
        if (Directory.Exists(folder))
        {
            // Named after their contents: an earlier book's would lie here for ever.
            foreach (var old in Directory.GetFiles(folder, "*.js").Where(file => !scripts.Files.ContainsKey(Path.GetFileName(file))))
            {
                File.Delete(old);
            }
        }
        foreach (var (name, text) in scripts.Files)
        {
            Directory.CreateDirectory(folder);
            WriteFile(folder, name, text);
        }
    }

    private static string StyleSheet()
    {
        using var reader = new StreamReader(typeof(BookWriter).Assembly.GetManifestResourceStream(PageShell.StyleSheet)!);
        return reader.ReadToEnd();
    }

    private static void WriteFile(string folder, string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
