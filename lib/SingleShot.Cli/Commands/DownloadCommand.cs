using System.CommandLine;
using System.Globalization;
using SingleShot.Data.Shapes;
using SingleShot.Download;

namespace SingleShot.Cli.Commands;

/// <summary>The command <c>download</c>: brings data sets and weights.</summary>
internal static class DownloadCommand
{
    private const string Shapes = "shapes";

    /// <summary>Makes the command.</summary>
    /// <param name="host">What all commands share.</param>
    /// <param name="network">What is asked; the system's own network when null.</param>
    public static Command Create(CommandHost host, HttpMessageHandler? network)
    {
        var names = new Argument<string[]>("name") { Description = "Data sets and weights; without a name they are listed.", Arity = ArgumentArity.ZeroOrMore };
        names.CompletionSources.Add([Shapes, .. KnownDownload.All.Select(known => known.Name)]);
        var folder = new Option<string>("--data") { Description = "The folder of all data.", DefaultValueFactory = _ => "data" };
        var command = new Command("download", "Brings data sets and published weights, goes on where an earlier attempt ended, and checks what came.") { names, folder };
        return host.Run(command, async (parsed, report, stop) =>
        {
            var chosen = parsed.GetValue(names)!;
            if (chosen.Length == 0)
            {
                List(report);
                return ExitCodes.Done;
            }
            var known = chosen.Where(name => name != Shapes).Select(Known).ToList(); // all names are looked at before anything is asked
            if (chosen.Contains(Shapes))
            {
                WriteShapes(Path.Combine(parsed.GetValue(folder)!, "shapes"), report);
            }
            using var client = network is null ? null : new HttpClient(network, disposeHandler: false);
            using var lines = new ReportLines(report);
            foreach (var download in known)
            {
                await Downloader.RunAsync(download, parsed.GetValue(folder)!, lines, client, stop).ConfigureAwait(false);
            }
            report.Event("done", new { Names = chosen });
            return ExitCodes.Done;
        });
    }

    private static KnownDownload Known(string name) => KnownDownload.All.FirstOrDefault(known => known.Name == name) ?? throw new UsageException(
        $"'{name}' cannot be downloaded. "
        + (NearestName.Of(name, KnownDownload.All.Select(known => known.Name)) is { } near ? $"Did you mean '{near}'? " : "") + "'singleshot download' lists what can.");

    private static void List(Report report)
    {
        (string Name, string Size, string Summary)[] all =
        [
            (Shapes, "", "2,300 pictures of shapes, generated here in seconds"),
            .. KnownDownload.All.Select(known => (known.Name, Size(known), known.Summary)),
        ];
        report.Table(["name", ">size", "what"], all.Select(one => new[] { one.Name, one.Size, one.Summary }));
        report.Event("known", new { Names = all.Select(one => new { one.Name, one.Summary }) });
    }

    private static string Size(KnownDownload known) => known.Parts.All(part => part.File.Bytes > 0)
        ? string.Create(CultureInfo.InvariantCulture, $"{known.Parts.Sum(part => part.File.Bytes) / 1e9:0.0} GB")
        : "";

    /// <summary>The data set of the lessons.</summary>
    private static void WriteShapes(string folder, Report report)
    {
        ShapesGenerator.Write(Path.Combine(folder, "train"), count: 2000, seed: 1);
        ShapesGenerator.Write(Path.Combine(folder, "val"), count: 300, seed: 2);
        report.Line($"{Shapes} is in {Path.GetFullPath(folder)}");
    }
}
