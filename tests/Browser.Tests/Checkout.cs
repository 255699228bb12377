namespace Browser.Tests;

/// <summary>What the browser takes from the repository, and leaves in it.</summary>
internal static class Checkout
{
    /// <summary>Where screenshots go, to be looked at.</summary>
    public static string Screens => Path.Combine(Repository.Root, "out", "screens");

    /// <summary>Copies the lessons to a folder in which their references resolve and their data stays.</summary>
    public static void CopyLessons(string folder)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "notebooks"), "*.ipynb", SearchOption.AllDirectories).Where(file => !file.Contains(".ipynb_checkpoints", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Directory.CreateDirectory(Path.Combine(folder, "data"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "lib"), Path.Combine(Repository.Root, "lib"));
    }
}
