namespace Tests;

/// <summary>The repository that these tests are built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>What the lessons consist of, notebooks and what lies beside them, as paths from the repository's folder.</summary>
    public static IReadOnlyList<string> LessonFiles { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Root, "notebooks"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.Split('/', '\\').Any(part => part.StartsWith('.') || part == "node_modules")), // Jupyter leaves hidden copies, npm its packages
    ];

    /// <summary>Copies the lessons to a folder in which their references resolve and their data stays.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="rewrite">What to make of a notebook's text; left as it is when left out.</param>
    public static void CopyLessons(string folder, Func<string, string>? rewrite = null)
    {
        foreach (var file in LessonFiles)
        {
            var (original, copy) = (Path.Combine(Root, file), Path.Combine(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (rewrite is null || Path.GetExtension(file) != ".ipynb")
            {
                File.Copy(original, copy, overwrite: true);
            }
            else
            {
                File.WriteAllText(copy, rewrite(File.ReadAllText(original)));
            }
        }
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "lib"), Path.Combine(Root, "lib"));
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SingleShot.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
