using System.Globalization;
using System.Text.Json;

namespace SingleShot.Benchmarks.Paired;

/// <summary>The same work done by several programs that took turns; the first of them is this library.</summary>
/// <param name="Date">The day, as 2026-01-31.</param>
/// <param name="Commit">The commit that was measured, with a + where files differ from it.</param>
/// <param name="Machine">The processor and the system.</param>
/// <param name="Programs">What took turns.</param>
/// <param name="Work">What was done, piece by piece.</param>
internal sealed record PairedResults(string Date, string Commit, string Machine, IReadOnlyList<string> Programs, IReadOnlyList<PairedWork> Work)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Has programs take turns at their work.</summary>
    /// <param name="rounds">How often each has its turn.</param>
    /// <param name="programs">What each is called, and how it is run once: the seconds of each piece of its work.</param>
    public static PairedResults Measure(int rounds, params (string Name, Func<IReadOnlyDictionary<string, double>> Run)[] programs)
    {
        var turns = Enumerable.Range(0, rounds).Select(_ => programs.Select(program => program.Run()).ToArray()).ToArray();
        return new(
            DateTime.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Source.Commit, Source.Machine, [.. programs.Select(program => program.Name)],
            [.. turns[0][0].Keys.Select(work => new PairedWork(
                work, [.. programs.Select((_, i) => turns.Select(turn => Math.Round(1000 * turn[i][work], 3)).ToArray())]))]);
    }

    public static PairedResults Read(string path) => JsonSerializer.Deserialize<PairedResults>(File.ReadAllText(path))!;

    /// <summary>Where the latest figures of each benchmark lie.</summary>
    public static string Folder => Path.Combine(Repository.Root, "tests", "Benchmarks", "results");

    /// <summary>Writes the figures to the console and, as the latest ones, to their file.</summary>
    /// <param name="benchmark">The benchmark's name.</param>
    public void Report(string benchmark)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, benchmark + ".json"), JsonSerializer.Serialize(this, Indented) + "\n");
        foreach (var line in Table())
        {
            Console.WriteLine(line);
        }
        Console.WriteLine($"{Machine}, {Date}, {Commit}");
    }

    /// <summary>The figures as a table in Markdown: the medians, then how many times as fast the first program is as each of the others, median and range of the rounds.</summary>
    public IEnumerable<string> Table()
    {
        yield return Row("what", Programs, Programs.Skip(1).Select(program => $"times as fast as {program}"));
        yield return $"|---|{string.Concat(Enumerable.Repeat("---:|", (2 * Programs.Count) - 1))}";
        foreach (var work in Work)
        {
            yield return Row(work.Name, work.Milliseconds.Select(times => Time(PairedWork.Median(times))), Enumerable.Range(1, Programs.Count - 1).Select(work.RatioTo));
        }
    }

    private static string Row(string name, IEnumerable<string> own, IEnumerable<string> ratios) => $"| {string.Join(" | ", [name, .. own, .. ratios])} |";

    private static string Time(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "0.0 ms" : "#,0 ms", CultureInfo.InvariantCulture);
}

/// <summary>One piece of work.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Milliseconds">The times of each program, one for each round.</param>
internal sealed record PairedWork(string Name, IReadOnlyList<IReadOnlyList<double>> Milliseconds)
{
    /// <summary>The middle one; of an even number the upper of the two.</summary>
    public static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    /// <summary>How many times as long another program takes, round by round: median and range.</summary>
    public string RatioTo(int program)
    {
        var ratios = Milliseconds[program].Zip(Milliseconds[0], (peer, own) => peer / own).Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{Median(ratios):0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00})");
    }
}
