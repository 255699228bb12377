using System.Diagnostics;
using System.Text;

namespace Workbook.Execution.Packages;

/// <summary>Runs the SDK's <c>dotnet</c>.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs a command to its end.</summary>
    /// <param name="folder">Its working folder.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its exit code, and all that it wrote.</returns>
    /// <exception cref="PackageException">There is no <c>dotnet</c>.</exception>
    public static async Task<(int Code, string Text)> RunAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Find(), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // This program may itself be run by the SDK, whose own settings must not reach another build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // or a server process would stay behind
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var text = new StringBuilder();
        DataReceivedEventHandler add = (_, line) =>
        {
            lock (text)
            {
                text.AppendLine(line.Data);
            }
        };
        process.OutputDataReceived += add;
        process.ErrorDataReceived += add;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        lock (text)
        {
            return (process.ExitCode, text.ToString());
        }
    }

    // The one on PATH, as in a terminal; else the one that this program runs on.
    private static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var root = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..");
        return folders.Append(Path.GetFullPath(root)).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new PackageException(NoSdk);
    }

    /// <summary>What to tell a person whose machine has no SDK.</summary>
    public const string NoSdk =
        "The .NET SDK fetches packages, and there is none on PATH. Install it (https://dotnet.microsoft.com/download), or reference a compiled "
        + "assembly by its path: #r \"folder/name.dll\".";
}
