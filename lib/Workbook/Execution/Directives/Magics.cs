namespace Workbook.Execution.Directives;

/// <summary>The words that begin a command in a cell, and what to say of those that other notebooks have.</summary>
internal static class Magics
{
    private const string Known =
        "There are: #r \"file.dll\", #r \"nuget: Name, Version\", #i \"nuget: source\", #load \"file.csx\", #!import file, #!time, #!who, #!whos and #!about.";

    private static readonly HashSet<string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        "fsharp", "f#", "pwsh", "powershell", "html", "javascript", "js", "markdown", "sql", "kql", "http", "mermaid", "python", "r", "bash", "value",
    };

    /// <summary>Says of a command that it is not one here.</summary>
    /// <param name="word">The command with its sign, for instance <c>#!pip</c>.</param>
    public static string Unknown(string word)
    {
        var name = word.TrimStart('#', '!', '%');
        return Languages.Contains(name) ? $"'{word}': cells here hold C# and no other language. {Known}"
            : name is "pip" or "conda" or "apt" ? $"'{word}' is not a command here: a C# notebook gets packages by #r \"nuget: Name, Version\". {Known}"
            : word.StartsWith('!') ? $"'{word}' is not a command here: cells do not run shell commands. System.Diagnostics.Process does. {Known}"
            : $"'{word}' is not a command here. {Known}";
    }
}
