namespace Browser.Tests;

/// <summary>Screenshots, which are there to be looked at.</summary>
internal static class Screenshots
{
    /// <summary>Where they go.</summary>
    public static string Folder => Path.Combine(Repository.Root, "out", "screens");
}
