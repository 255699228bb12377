using System.Text.RegularExpressions;

namespace Workbook.Execution.Packages;

/// <summary>A package that a cell asks for by <c>#r "nuget: Name, Version"</c>.</summary>
/// <param name="Name">Its name; case does not matter.</param>
/// <param name="Version">The version, or a pattern of versions as package references know them; null for the newest that is no preview.</param>
internal sealed partial record PackageRequest(string Name, string? Version)
{
    /// <summary>Reads what stands between the quotes of a directive.</summary>
    /// <param name="reference">For instance <c>nuget: Name, 1.2.3</c>.</param>
    /// <returns>Null where it is written in another way.</returns>
    public static PackageRequest? Parse(string reference)
    {
        var match = Form().Match(reference);
        return !match.Success ? null
            : new PackageRequest(match.Groups["name"].Value, match.Groups["version"] is { Success: true, Value: not "*" } version ? version.Value : null);
    }

    /// <summary>Whether a reference names a package, be it in the right form or not.</summary>
    public static bool IsPackage(string reference) => Prefix().IsMatch(reference);

    /// <inheritdoc/>
    public override string ToString() => Version is null ? Name : $"{Name}, {Version}";

    [GeneratedRegex(@"^\s*nuget\s*:\s*(?<name>[\w][\w.\-]*)\s*(?:,\s*(?<version>[\w.\-+*\[\]\(\),]+(?:\s*,\s*[\w.\-+\]\)]+)?)\s*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex(@"^\s*nuget\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Prefix();
}
