namespace Browser.Tests;

/// <summary>The repository that these tests are built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    /// <summary>Where screenshots go, to be looked at.</summary>
    public static string Screens => Path.Combine(Root, "out", "screens");

    /// <summary>Copies the lessons to a folder in which their references resolve and their data stays.</summary>
    public static void CopyLessons(string folder)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Root, "notebooks"), "*.ipynb", SearchOption.AllDirectories).Where(file => !file.Contains(".ipynb_checkpoints", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
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
