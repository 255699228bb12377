namespace Workbook.Execution.Directives;

/// <summary>The commands of other notebooks, and what to say of them.</summary>
internal static class Magics
{
    private static readonly HashSet<string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        "fsharp", "f#", "pwsh", "powershell", "html", "javascript", "js", "markdown", "sql", "kql", "http", "mermaid", "python", "r", "bash", "value",
    };

    /// <summary>Whether a command names the language that cells are in anyway.</summary>
    /// <param name="word">The command with its sign.</param>
    public static bool IsOwnLanguage(string word) => word is "#!csharp" or "#!c#" or "#!cs";

    /// <summary>Says of a command that it is not one here.</summary>
    /// <param name="word">The command with its sign, for instance <c>#!pip</c>.</param>
    public static string Unknown(string word)
    {
        var name = word.TrimStart('#', '!', '%');
        return Languages.Contains(name) ? $"'{word}': cells here hold C# and no other language. {KnownDirective.Sentence}"
            : name is "pip" or "conda" or "apt" ? $"'{word}' is not a command here: a C# notebook gets packages by #r \"nuget: Name, Version\". {KnownDirective.Sentence}"
            : word.StartsWith('!') ? $"'{word}' is not a command here: cells do not run shell commands. System.Diagnostics.Process does. {KnownDirective.Sentence}"
            : $"'{word}' is not a command here. {KnownDirective.Sentence}";
    }
}
