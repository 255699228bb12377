using System.Security.Cryptography;
using System.Text;

namespace SingleShot.Figures.Explorers;

/// <summary>The one script and the one style sheet that all explorers share, as elements of a page.</summary>
/// <remarks>
/// Every explorer carries both, some 45 KB, so that each output of a notebook plays by itself. The script defines itself once in a
/// page under a name made from its content: an older one of an earlier run does not stand in for a newer.
/// </remarks>
internal static class ExplorerScript
{
    private static readonly Lazy<string> Elements = new(() =>
        Make("arithmetic.js", "evaluation.js", "picture.js", "stage.js", "objects.js", "explorers.js", "average-precision.js", "network.js", "start.js"));

    private static readonly Lazy<string> LabelingElements = new(() => Make("picture.js", "stage.js", "label-boxes.js", "label-keeper.js", "labeling.js", "start.js"));

    public static string Html => Elements.Value;

    /// <summary>Those of the figure that labels pictures, which no other figure needs.</summary>
    public static string Labeling => LabelingElements.Value;

    /// <summary>Only the functions that compute, for a test to call them.</summary>
    internal static string Arithmetic => Read("arithmetic.js") + Read("evaluation.js") + Read("stage.js");

    private static string Make(params IEnumerable<string> parts)
    {
        var code = string.Concat(parts.Select(Read));
        var name = "singleShot" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)))[..12];
        return $"<style>\n{Read("explorers.css")}</style>\n<script>\nif (!window.{name}) {{ window.{name} = (function () {{\n\"use strict\";\n{code}return wake;\n}})(); }}\nwindow.{name}();\n</script>";
    }

    private static string Read(string name)
    {
        using var stream = typeof(ExplorerScript).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
