using System.Diagnostics;
using System.Globalization;

namespace SingleShot.Benchmarks;

/// <summary>A process that writes how long pieces of work took: a line "name: seconds" for each.</summary>
internal static class TimedProcess
{
    /// <summary>Starts it, waits for its end, and reads what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static IReadOnlyDictionary<string, double> Run(string program, IReadOnlyList<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": "))
                .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {text}");
    }
}
