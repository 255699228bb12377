namespace SingleShot.Runtime.Files;

/// <summary>Where this library keeps its own files for a user: <c>~/.local/share/singleshot</c> on Linux.</summary>
internal static class UserFolder
{
    /// <summary>The folders to try in turn: the user's own, then one among the temporary files. They need not exist.</summary>
    public static IReadOnlyList<string> Places
    {
        get
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            var temporary = Path.Combine(Path.GetTempPath(), $"singleshot-{Environment.UserName}"); // other users have theirs
            return home.Length > 0 ? [Path.Combine(home, "singleshot"), temporary] : [temporary];
        }
    }
}
