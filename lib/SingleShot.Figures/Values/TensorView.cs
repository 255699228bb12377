using System.Globalization;
using SingleShot.Figures.Drawing;
using SingleShot.Images;
using SingleShot.Runtime;
using TorchSharp;
using static SingleShot.Figures.Drawing.Html;
using static TorchSharp.torch;

namespace SingleShot.Figures.Values;

/// <summary>A tensor: its shape, type and range; all its numbers where they are few, small pictures where it is pictures or maps.</summary>
internal static class TensorView
{
    private const int Shown = 8;
    private const int Few = 64;

    // Of all pictures together: a tensor may stand in a table of many.
    private const int MaxCells = 32_768;

    // Narrower, a matrix is a list of boxes or scores and no picture.
    private const int MinSideOfMatrix = 8;
    private const int MinSideOfMap = 3;
    private const int MaxAspect = 8;

    public static Figure Draw(Tensor tensor)
    {
        if (tensor.IsInvalid)
        {
            return Annotated.Words("A tensor that is disposed of.");
        }
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var value = tensor.detach();
        var (range, finite) = Range(value);
        var summary = $"[{string.Join(", ", value.shape)}] {value.dtype} on {value.device}{range}";
        var pictures = finite ? PicturesOf(value) : [];
        var numbers = value.numel() is > 0 and <= Few && pictures.Count == 0 && !value.is_complex() ? Numbers(value) : null;
        return new Figure(summary, width => "<figure style=\"margin:8px 0\">" + Caption(summary, width)
            + (numbers is null ? "" : $"<pre style=\"margin:4px 0\">{Text(numbers)}</pre>")
            + (pictures.Count == 0 ? "" : Pictures.Gallery(pictures, Math.Min(4, pictures.Count)).Render(width)) + "</figure>");
    }

    /// <summary>From the least to the largest of the finite numbers, and whether all are finite; nothing for numbers without an order.</summary>
    private static (string Words, bool Finite) Range(Tensor value)
    {
        if (value.numel() == 0 || value.is_complex())
        {
            return ("", false);
        }
        if (value.dtype == torch.@bool)
        {
            return ($", {value.sum().Number<long>()} of {value.numel()} true", true);
        }
        var mask = value.is_floating_point() ? value.isfinite() : null;
        var outside = mask is null ? 0 : value.numel() - mask.sum().Number<long>();
        if (outside == value.numel())
        {
            return (", none finite", false);
        }
        var inside = outside == 0 ? value : value.masked_select(mask!);
        return ($", {Short(inside.min())} to {Short(inside.max())}{(outside == 0 ? "" : $", {outside} NaN or infinite")}", outside == 0);
    }

    private static string Short(Tensor number) => Short(number.to(float64).Number<double>());

    private static string Short(double number) => number.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>All numbers, a line for each row, and an empty one between matrices.</summary>
    private static string Numbers(Tensor value)
    {
        string[] numbers = value.is_floating_point()
            ? [.. value.to(float64).cpu().contiguous().data<double>().ToArray().Select(Short)]
            : [.. value.to(int64).cpu().contiguous().data<long>().ToArray().Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var width = numbers.Max(number => number.Length);
        var rows = numbers.Select(number => number.PadLeft(width)).Chunk(value.dim() == 0 ? 1 : (int)value.shape[^1]).Select(row => string.Join("  ", row));
        var matrices = rows.Chunk(value.dim() < 2 ? 1 : (int)value.shape[^2]).Select(matrix => string.Join('\n', matrix));
        return string.Join("\n\n", matrices);
    }

    private static List<Figure> PicturesOf(Tensor value) => value.shape switch
    {
        [_, 3, var height, var width] when Fits(height, width, MinSideOfMap) => Each(value, Color),
        [> 0, _, var height, var width] when Fits(height, width, MinSideOfMap) => Each(value[0], Map),
        [3, var height, var width] when Fits(height, width, MinSideOfMatrix) => [Color(Smaller(value, 1), "")],
        [_, var height, var width] when Fits(height, width, MinSideOfMap) => Each(value, Map),
        [var height, var width] when Fits(height, width, MinSideOfMatrix) => [Map(Smaller(value, 1), "")],
        _ => [],
    };

    private static bool Fits(long height, long width, int least) =>
        Math.Min(height, width) >= least && Math.Max(height, width) <= MaxAspect * Math.Min(height, width);

    private static List<Figure> Each(Tensor several, Func<Tensor, string, Figure> draw)
    {
        var (count, shown) = (several.shape[0], (int)Math.Min(several.shape[0], Shown));
        return [.. Enumerable.Range(0, shown).Select(i => draw(Smaller(several[i], shown), $"{i} of {count}"))];
    }

    private static Figure Map(Tensor map, string caption) => Pictures.FeatureMap(map, caption);

    /// <summary>Red, green and blue [3, H, W], normalized or not: black at the lowest value, full at the highest.</summary>
    private static Figure Color(Tensor planes, string caption)
    {
        var values = planes.to(float64).cpu();
        var (height, width) = ((int)values.shape[1], (int)values.shape[2]);
        var numbers = values.permute(1, 2, 0).contiguous().data<double>().ToArray();
        double low = numbers.Min(), range = numbers.Max() - low;
        return Pictures.Image(
            RgbImage.Create(width, height, bytes =>
            {
                for (var i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = range > 0 ? (byte)Math.Round((numbers[i] - low) / range * 255) : (byte)128;
                }
            }),
            caption);
    }

    /// <summary>Every second cell or so of what is larger than a thumbnail.</summary>
    private static Tensor Smaller(Tensor map, int pictures)
    {
        var cells = (double)map.shape[^1] * map.shape[^2] * pictures;
        var step = (long)Math.Ceiling(Math.Sqrt(cells / MaxCells));
        return step <= 1 ? map : map[TensorIndex.Ellipsis, TensorIndex.Slice(step: step), TensorIndex.Slice(step: step)];
    }
}
