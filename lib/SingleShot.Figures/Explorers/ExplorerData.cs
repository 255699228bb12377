using System.Globalization;
using System.Runtime.InteropServices;
using SingleShot.Data;
using SingleShot.Figures.Drawing;
using SingleShot.Images;
using SingleShot.Models;
using TorchSharp;

namespace SingleShot.Figures.Explorers;

/// <summary>Numbers and words for the scripts of explorers.</summary>
internal static class ExplorerData
{
    /// <summary>The colors of boxes, by group.</summary>
    public static string[] Colors { get; } = [.. Enumerable.Range(0, Palette.BoxColorCount).Select(Palette.Box)];

    /// <summary>What the script lays out default boxes from; 8732 of them, written out, would weigh half a megabyte.</summary>
    public static object Model(SsdSpecification model) => new { model.Maps, model.InputSize };

    /// <summary>Float32 numbers in base 64.</summary>
    public static string Pack(ReadOnlySpan<float> values) => Convert.ToBase64String(MemoryMarshal.AsBytes(values));

    /// <summary>All numbers of a tensor as float32 in base 64, row by row.</summary>
    public static string Pack(torch.Tensor values) => Pack(Floats(values));

    /// <summary>All numbers of a tensor as float32, row by row.</summary>
    public static float[] Floats(torch.Tensor values)
    {
        using var plain = values.detach().cpu().to(torch.float32).contiguous();
        return plain.numel() == 0 ? [] : plain.data<float>().ToArray();
    }

    /// <summary>Corners of objects as fractions of the picture's sides, four numbers each, as training has them.</summary>
    public static float[] Corners(IReadOnlyList<GroundTruth> truths, RgbImage image) => [.. truths
        .Select(t => t.Box.Scale(1.0 / image.Width, 1.0 / image.Height))
        .SelectMany(b => new[] { (float)b.Left, (float)b.Top, (float)b.Right, (float)b.Bottom })];

    /// <summary>Corners of objects as a loss has them, [1, M, 4]: float64, as fractions of the picture's sides.</summary>
    public static torch.Tensor Targets(IReadOnlyList<GroundTruth> truths, RgbImage image) => torch.tensor(
        [.. truths.Select(t => t.Box.Scale(1.0 / image.Width, 1.0 / image.Height)).SelectMany(b => new[] { b.Left, b.Top, b.Right, b.Bottom })], [1, truths.Count, 4]);

    /// <summary>What the model calls a class.</summary>
    public static string ClassName(SsdSpecification model, int label) =>
        label >= 0 && label < model.ClassNames.Count ? model.ClassNames[label] : $"class {label}";

    /// <summary>A number with this many decimals and a point.</summary>
    public static string Fixed(double value, int decimals) => value.ToString("F" + decimals, CultureInfo.InvariantCulture);

    /// <summary>A count and what is counted: '1 match', '2 matches'.</summary>
    public static string Count(int count, string noun) =>
        $"{count} {noun}{(count == 1 ? "" : noun.EndsWith('x') || noun.EndsWith("ch", StringComparison.Ordinal) ? "es" : "s")}";
}
