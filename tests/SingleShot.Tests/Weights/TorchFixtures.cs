using System.Text.Json;

namespace SingleShot.Tests.Weights;

/// <summary>Tiny files that PyTorch 1.13 saved, and what is in them; written by make-fixtures.py.</summary>
internal static class TorchFixtures
{
    private static readonly Dictionary<string, Entry[]> Expectations =
        JsonSerializer.Deserialize<Dictionary<string, Entry[]>>(File.ReadAllBytes(PathOf("expected.json")))!;

    /// <summary>The names of the files, those in the older format too.</summary>
    public static IEnumerable<string> Names => Expectations.Keys.SelectMany(name => new[] { name, $"{name}-legacy" });

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Weights", "Fixtures", file);

    /// <summary>The tensors of a file, in order.</summary>
    public static Entry[] Expected(string name) => Expectations[name.Replace("-legacy", "", StringComparison.Ordinal)];

    /// <summary>A tensor: its elements' type by torch's name, and its bytes in row-major order.</summary>
    public sealed record Entry(string Name, string Type, long[] Shape, string Hex);
}
