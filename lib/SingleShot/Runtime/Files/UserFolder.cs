namespace SingleShot.Runtime.Files;

/// <summary>Where this library keeps its own files for a user: <c>~/.local/share/singleshot</c> on Linux.</summary>
internal static class UserFolder
{
    /// <summary>The folders to try in turn: the user's own, then one among the temporary files. They need not exist.</summary>
    public static IReadOnlyList<string> Places =>
    [
        .. new[] { Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Path.GetTempPath() }
            .Where(root => root.Length > 0).Select(root => Path.Combine(root, "singleshot")),
    ];
}
