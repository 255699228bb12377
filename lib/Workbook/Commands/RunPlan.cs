using System.Collections.Immutable;
using Workbook.Book.Pages;
using Workbook.Notebooks;

namespace Workbook.Commands;

/// <summary>What a run will do, checked before anything runs.</summary>
/// <param name="Notebooks">The notebooks in order, parameters in place.</param>
/// <param name="OutFolder">The full path of the folder for the executed copies.</param>
/// <param name="Pages">Folders of the book's pages that are no notebooks.</param>
internal sealed record RunPlan(ImmutableArray<PlannedNotebook> Notebooks, string OutFolder, ImmutableArray<string> Pages)
{
    /// <summary>The folder of the book that is made of the copies.</summary>
    public string BookFolder => Path.Combine(OutFolder, "book");

    /// <summary>Makes a plan from the command line.</summary>
    /// <exception cref="UsageException">A path or a parameter is wrong.</exception>
    /// <exception cref="NotebookFormatException">A file is not a notebook.</exception>
    public static RunPlan Make(IEnumerable<string> paths, IEnumerable<string> parameters, string outFolder)
    {
        var values = Values(parameters);
        outFolder = Path.GetFullPath(outFolder);
        var notebooks = paths.SelectMany(path => Files(path, outFolder)).DistinctBy(file => file.Path)
            .Select(file => new PlannedNotebook(NotebookReader.Read(file.Path), file.Name)).ToList();
        foreach (var one in notebooks)
        {
            Check(one, outFolder);
        }
        if (notebooks.GroupBy(one => one.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new UsageException(
                $"Two notebooks are named {twins.Key}: their copies would be one file in {outFolder}. Run them one at a time, with --out for each.");
        }
        var known = notebooks.Select(one => ParameterCell.Read(one.Notebook)).ToList();
        if (values.Keys.FirstOrDefault(name => !known.Any(all => all.Any(one => one.Name == name))) is { } unknown)
        {
            var names = known.SelectMany(all => all).Select(one => one.Name).Distinct().Order(StringComparer.Ordinal).ToList();
            throw new UsageException(
                $"-p {unknown}: no notebook here has a parameter of that name. "
                + (names.Count == 0 ? "They have none: no code cell is tagged 'parameters'." : $"There are: {string.Join(", ", names)}."));
        }
        return new RunPlan(
            [.. notebooks.Zip(known, (one, all) => one with { Notebook = ParameterCell.Inject(one.Notebook, all, values) })], outFolder,
            [.. OwnPage.In(paths.SelectMany(PlacesOfPages))]);
    }

    // Beside the notebooks; those of one that runs alone may lie in a folder of the lessons', such as that of the solutions.
    private static string[] PlacesOfPages(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) ? [Path.GetDirectoryName(full)!, Path.GetFullPath(Path.Combine(full, "..", ".."))] : [full];
    }

    private static Dictionary<string, string> Values(IEnumerable<string> parameters)
    {
        var values = new Dictionary<string, string>();
        foreach (var text in parameters)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !values.TryAdd(text[..equals].Trim(), text[(equals + 1)..]))
            {
                throw new UsageException(equals <= 0 ? $"-p {text}: write -p name=value." : $"-p {text}: {text[..equals]} is given twice.");
            }
        }
        return values;
    }

    /// <summary>Its file's name; or, where a notebook of the same name lies in the folder above, as a lesson does above its solutions, the name from there.</summary>
    private static string NameOfCopy(string path)
    {
        var name = Path.GetFileName(path);
        var above = Path.GetFullPath(Path.Combine(path, "..", ".."));
        return File.Exists(Path.Combine(above, name)) ? Path.GetRelativePath(above, path) : name;
    }

    private static List<(string Path, string Name)> Files(string path, string outFolder)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return [(full, NameOfCopy(full))];
        }
        if (!Directory.Exists(full))
        {
            throw new UsageException($"There is no file or folder {full}. Give a notebook or a folder of notebooks.");
        }
        var files = NotebookFiles.In(full, except: outFolder).Select(file => (Path: file, Name: Path.GetRelativePath(full, file))).ToList();
        return files.Count > 0 ? files : throw new UsageException($"There are no notebooks (*.ipynb) in {full}.");
    }

    private static void Check(PlannedNotebook planned, string outFolder)
    {
        var (notebook, name) = planned;
        if (Path.Combine(outFolder, name) == notebook.Path)
        {
            throw new UsageException($"--out {outFolder} is the folder of {name}: the copy would replace it. Name another folder.");
        }
        var foreign = notebook.Cells.Select((cell, index) => (cell, index))
            .FirstOrDefault(one => one.cell is { Kind: CellKind.Code, Kernel: not null and not "csharp" });
        if (foreign.cell is not null)
        {
            throw new NotebookFormatException(
                $"{notebook.Path}: cell {foreign.index + 1} is {foreign.cell.Kernel}; only C# cells run here. Rewrite or remove the cell.");
        }
    }
}

/// <summary>A notebook that will run.</summary>
/// <param name="Notebook">The notebook, parameters in place.</param>
/// <param name="Name">Its path from the folder that was given; its copy lies at the same path in the folder of copies.</param>
internal sealed record PlannedNotebook(Notebook Notebook, string Name);
