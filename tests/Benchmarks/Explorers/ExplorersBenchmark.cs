using System.Reflection;
using Browser.Tests;
using Microsoft.Playwright;
using SingleShot.Figures;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Plotting;
using SingleShot.Runtime;

namespace SingleShot.Benchmarks.Explorers;

/// <summary>How soon a browser shows an explorer that is saved as a page, beside a chart of plotly.js that is.</summary>
internal sealed class ExplorersBenchmark : IBenchmark
{
    private const int Times = 9;

    public string Name => "explorers";

    public string Summary => "opening explorers of SSD300 in Chromium, beside a chart of plotly.js";

    public void Run(IReadOnlyList<string> arguments) => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("singleshot-benchmark-");
        try
        {
            var pages = Figures().Select(figure => (figure.Name, Address: Saved(figure.Figure, Path.Combine(folder.FullName, $"{figure.Name}.html")))).ToList();
            var times = pages.ConvertAll(_ => new List<double>());
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = typeof(ExplorersBenchmark).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Chromium").Value,
                Args = ["--headless", "--no-sandbox", "--disable-gpu"],
            });
            // In turn, so that whatever else the machine does falls on all; the first round is the browser's own start.
            for (var time = 0; time <= Times; time++)
            {
                for (var page = 0; page < pages.Count; page++)
                {
                    var opened = await OpenAsync(browser, pages[page].Address);
                    times[page].AddRange(time > 0 ? [opened] : []);
                }
            }
            var peer = Median(times[^1]);
            foreach (var ((name, _), milliseconds) in pages.Zip(times))
            {
                Console.WriteLine($"  {name,-14} median {Median(milliseconds):0} ms, ratio to the chart {Median(milliseconds) / peer:0.00}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string Name, Figure Figure)> Figures()
    {
        TorchRuntime.Describe(); // the library's own libtorch, before another of the system's is found
        var (picture, truths) = (Scenes.Picture(300, 300), Scenes.Objects(11, 5, 300, 300));
        var (offsets, scores) = Scenes.Predictions(Scenes.Ssd300, truths, 300, 300, seed: 6);
        yield return ("default-boxes", Explore.DefaultBoxes(picture, Scenes.Ssd300));
        yield return ("matching", Explore.Matching(picture, truths, Scenes.Ssd300));
        yield return ("mining", Explore.Mining(picture, truths, Scenes.Ssd300, [("half-trained", scores)]));
        yield return ("detection", Explore.Detection(picture, Scenes.Ssd300, offsets, scores, truths));
        yield return ("chart", Charts.Lines([new Curve("curve", [.. Enumerable.Range(0, 200).Select(x => ((double)x, Math.Sin(x / 20.0)))])], new Axes("x", "y")));
        offsets.Dispose();
        scores.Dispose();
    }

    private static string Saved(Figure figure, string path)
    {
        figure.SavePage(path);
        return new Uri(path).AbsoluteUri;
    }

    /// <summary>Milliseconds from the request of a page to the end of its loading, in a window of its own.</summary>
    private static async Task<double> OpenAsync(IBrowser browser, string address)
    {
        await using var context = await browser.NewContextAsync(new() { Offline = true });
        context.SetDefaultTimeout((float)LastResort.Limit.TotalMilliseconds);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        return await page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].loadEventEnd");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
