namespace Workbook.Execution.Directives;

/// <summary>The commands of other notebook kernels, which this one refuses and says why.</summary>
internal static class Magics
{
    private static readonly HashSet<string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        "fsharp", "f#", "pwsh", "powershell", "html", "javascript", "js", "markdown", "sql", "kql", "http", "mermaid", "python", "r", "bash", "value",
    };

    /// <summary>Whether a command names the language that cells are in anyway.</summary>
    /// <param name="word">The command with its sign.</param>
    public static bool IsOwnLanguage(string word) => word is "#!csharp" or "#!c#" or "#!cs";

    /// <summary>Says that a command is not one here, and what to use in its place.</summary>
    /// <param name="word">The command with its sign, for instance <c>#!pip</c>.</param>
    public static string Refusal(string word)
    {
        var name = word.TrimStart('#', '!', '%');
        return Languages.Contains(name) ? $"'{word}': cells here hold C# and no other language. {KnownDirective.Overview}"
            : name is "pip" or "conda" or "apt" ? $"'{word}' is not a command here: a C# notebook gets packages by #r \"nuget: Name, Version\". {KnownDirective.Overview}"
            : word.StartsWith('!') ? $"'{word}' is not a command here: cells do not run shell commands. System.Diagnostics.Process does. {KnownDirective.Overview}"
            : $"'{word}' is not a command here. {KnownDirective.Overview}";
    }
}
