using System.Text.RegularExpressions;

namespace Workbook.Execution.Packages;

/// <summary>Explains the errors of a restore in plain words.</summary>
internal static partial class RestoreErrors
{
    /// <summary>Explains the first error in a restore's output.</summary>
    public static PackageException Explain(string text)
    {
        var errors = Error().Matches(text).Select(match => (Code: match.Groups["code"].Value, Text: match.Groups["text"].Value.Trim())).ToList();
        if (NoFolder().Match(text) is { Success: true } folder)
        {
            return new PackageException(
                $"The source of packages {folder.Groups["path"].Value} is no folder. Correct it in #i \"nuget: ...\" or in nuget.config, or make it and put the packages there.");
        }
        if (NotWritable().Match(text) is { Success: true } locked)
        {
            return new PackageException(
                $"Packages cannot be put into {locked.Groups["path"].Value}: it cannot be written to. Make it writable, or set NUGET_PACKAGES to a folder that is, and restart the kernel.");
        }
        // A source that does not answer makes packages seem missing.
        if (errors.Find(one => one.Code is "NU1301" or "NU1302" or "NU1303") is { Code: not null } source)
        {
            return new PackageException(
                $"A package source cannot be used: {source.Text} Packages that were fetched before are used without a network; "
                + "others need one (see 'dotnet nuget list source').");
        }
        if (errors.Find(one => one.Code is "NU1101" or "NU1102" or "NU1103") is { Code: not null } missing)
        {
            var package = Name().Match(missing.Text).Groups["name"].Value;
            var all = errors.Where(one => one.Code == missing.Code).Select(one => one.Text).TakeWhile((one, index) => index == 0 || one.StartsWith('-'));
            var advice = missing.Code switch
            {
                "NU1101" => "Check its name, or add the source that has it: #i \"nuget: https://…/index.json\".",
                "NU1102" => "Ask for a version that exists.",
                _ => "It has previews only: name the version.",
            };
            return new PackageException($"{string.Join(' ', all)}{(missing.Text.EndsWith('.') ? "" : ".")} {advice}", package);
        }
        if (errors.Find(one => one.Code is "NU1605" or "NU1107" or "NU1608" or "NU1109") is { Code: not null } clash)
        {
            var all = string.Join(' ', errors.Where(one => one.Code == clash.Code).Select(one => one.Text.Replace("Warning As Error: ", "", StringComparison.Ordinal)));
            return new PackageException(
                $"The packages of this notebook need versions that do not agree: {all} Restart the kernel, and ask in one cell for versions that do.");
        }
        if (errors.Count > 0)
        {
            return new PackageException($"The packages cannot be restored: {errors[0].Text} ({errors[0].Code})", Name().Match(errors[0].Text).Groups["name"].Value);
        }
        return NoSdk().IsMatch(text)
            ? new PackageException(DotnetCommand.NoSdk)
            : new PackageException($"'dotnet restore' failed, and said: {text.Trim()}");
    }

    [GeneratedRegex(@"error (?<code>(?:NU|NETSDK|MSB)\d+): (?<text>[^\r\n]*)")]
    private static partial Regex Error();

    [GeneratedRegex(@"The local source '(?<path>[^']+)' doesn't exist")]
    private static partial Regex NoFolder();

    // What the system says of a folder that the restore makes or writes to.
    [GeneratedRegex(@"error : (?:Access to the path '(?<path>[^']+)' is denied|Read-only file system : '(?<path>[^']+)'|Could not find file '(?<path>[^']+)')")]
    private static partial Regex NotWritable();

    [GeneratedRegex(@"[Pp]ackage '?(?<name>[\w.\-]+)")]
    private static partial Regex Name();

    [GeneratedRegex(@"No \.NET SDKs were found|SDK was not found|A compatible \.NET SDK", RegexOptions.IgnoreCase)]
    private static partial Regex NoSdk();
}
