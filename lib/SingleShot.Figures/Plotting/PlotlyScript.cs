using System.IO.Compression;
using Plotly.NET;

namespace SingleShot.Figures.Plotting;

/// <summary>plotly.js as a script element, out of Plotly.NET's own assembly.</summary>
/// <remarks>It is kept compressed, for an executed notebook carries a copy: 1.5 MB in place of 3.6 MB.</remarks>
internal static class PlotlyScript
{
    private static readonly Lazy<string> Script = new(Make);

    /// <summary>Defines window.Plotly, once in a page however often it stands there.</summary>
    public static string Html => Script.Value;

    private static string Make() => $$"""
        <script>(function () {
        if (window.Plotly && window.Plotly.newPlot || window.singleShotPlotly) { return; }
        window.singleShotPlotly = true;
        var bytes = Uint8Array.from(atob("{{Convert.ToBase64String(Compress())}}"), function (c) { return c.charCodeAt(0); });
        new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text().then(function (code) {
        var script = document.createElement("script");
        script.textContent = "(function (define, exports, module) {" + code + "\n}).call(window);";
        document.head.appendChild(script);
        }).catch(function (error) { window.singleShotPlotly = false; console.error("plotly.js", error); });
        })();</script>
        """; // The parameters hide an AMD loader such as require.js, to which plotly.js would give itself in place of the window.

    private static byte[] Compress()
    {
        var assembly = typeof(Trace).Assembly;
        var name = assembly.GetManifestResourceNames().FirstOrDefault(n => n.EndsWith(".min.js", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{assembly.GetName()} carries no plotly.js; SingleShot.Figures is made for Plotly.NET 6.0.0.");
        using var source = assembly.GetManifestResourceStream(name)!;
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            source.CopyTo(gzip);
        }

        return target.ToArray();
    }
}
