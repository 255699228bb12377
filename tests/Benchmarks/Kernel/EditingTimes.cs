using System.Diagnostics;
using System.Text.Json.Nodes;
using Workbook.Tests.Kernel;

namespace SingleShot.Benchmarks.Kernel;

/// <summary>How soon an editor gets its answers while a person types, in a session whose cells have referenced the workbook's libraries.</summary>
internal static class EditingTimes
{
    private const int WarmUp = 5;
    private const int Times = 50;

    // What a reader of the lessons types: a member of a namespace, of a value of an earlier cell, of one of the same cell; | is the cursor.
    private static readonly string[] Cells =
    [
        "SingleShot.|", "network.|", "Console.Wri|", "var kept = NonMaximumSuppression.|", "var list = new List<int> { 1, 2 };\nforeach (var number in list)\n{\n    list.|\n}",
    ];

    private static readonly string[] Hovered = ["Console.WriteLine|(1)", "var copy = net|work;", "NonMaximumSupp|ression.Keep(boxes, scores)", "new List<i|nt>()", "Specifications.Sma|ll"];

    public static void Print(string folder)
    {
        using var process = new KernelProcess(folder);
        using var client = new KernelClient(process);
        client.WaitUntilReady();
        var library = typeof(EditingTimes).Assembly.Location;
        var first = client.Execute($"""
            #r "{Path.Combine(Path.GetDirectoryName(library)!, "SingleShot.dll")}"
            using SingleShot.Detection; using SingleShot.Models; using SingleShot.Networks;
            var network = new SsdNetwork(Specifications.Small(["cat", "dog"]), seed: 1);
            network.Specification.Name
            """);
        if (first.Result is null)
        {
            throw new InvalidOperationException($"The session's first cell failed: {first}");
        }
        Print(client, "completion", "complete_request", Cells, content => content["matches"] is JsonArray { Count: > 0 });
        Print(client, "hover", "inspect_request", Hovered, content => (bool?)content["found"] == true);
    }

    private static void Print(KernelClient client, string name, string type, string[] cells, Func<JsonObject, bool> answered)
    {
        var times = new List<double>();
        for (var round = -WarmUp; round < Times; round++)
        {
            foreach (var cell in cells)
            {
                var cursor = cell.IndexOf('|', StringComparison.Ordinal);
                var content = new JsonObject { ["code"] = cell.Remove(cursor, 1), ["cursor_pos"] = cursor, ["detail_level"] = 0 };
                var clock = Stopwatch.StartNew();
                var reply = client.Reply(client.Send(type, content)).Content;
                var elapsed = clock.Elapsed.TotalMilliseconds;
                if (!answered(reply))
                {
                    throw new InvalidOperationException($"No {name} for '{cell}': {reply.ToJsonString()}");
                }
                if (round >= 0)
                {
                    times.Add(elapsed);
                }
            }
        }
        times.Sort();
        Console.WriteLine($"  {name}, {times.Count} of {cells.Length} places: median {times[times.Count / 2]:0.0} ms, 95 % within {times[times.Count * 95 / 100]:0.0} ms, longest {times[^1]:0.0} ms");
    }
}
