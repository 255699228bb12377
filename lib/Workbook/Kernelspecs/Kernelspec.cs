using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Json;

namespace Workbook.Kernelspecs;

/// <summary>An installed kernel as clients see it: a folder with a <c>kernel.json</c>.</summary>
/// <param name="Folder">The folder, named as the kernel is.</param>
/// <param name="DisplayName">What a reader chooses it by.</param>
/// <param name="Program">The program of this workbook that it starts; null where it starts something else.</param>
/// <param name="IsInteractive">Whether it starts .NET Interactive.</param>
public sealed record Kernelspec(string Folder, string DisplayName, string? Program, bool IsInteractive)
{
    /// <summary>The name of the file that makes a folder a kernelspec.</summary>
    public const string FileName = "kernel.json";

    // Our own mark in the file's metadata: other programs' kernels are not ours to change.
    internal const string Mark = "workbook";

    /// <summary>The name that notebooks know it by.</summary>
    public string Name => Path.GetFileName(Folder);

    /// <summary>The kernelspec in a folder; null where there is none, or none that can be read.</summary>
    /// <param name="folder">The folder.</param>
    public static Kernelspec? Read(string folder)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, FileName))) is JsonObject json
                ? new Kernelspec(
                    folder, json.Text("display_name") ?? Path.GetFileName(folder), json["metadata"]?[Mark]?["program"].Text(),
                    json["argv"] is JsonArray start && start.Take(2).Any(part => Path.GetFileName(part.Text()) is "interactive" or "dotnet-interactive"))
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }
}
