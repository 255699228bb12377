using System.Text.Json;
using SingleShot.Data.Coco.Json;

namespace SingleShot.Data.Coco;

/// <summary>The box around an outline, for objects that have no other: polygons, or a mask.</summary>
internal static class CocoOutline
{
    /// <summary>Reads the value of a <c>segmentation</c>, to its end.</summary>
    /// <returns>Null where it is no outline, or one with a number that is none.</returns>
    public static CocoBox? Read(ref JsonFileReader json)
    {
        json.Read();
        if (json.Kind == JsonTokenType.StartArray)
        {
            return Polygons(ref json);
        }
        if (json.Kind == JsonTokenType.StartObject)
        {
            return Mask(ref json);
        }
        json.Skip();
        return null;
    }

    /// <summary>Lists of x, y, x, y and so on: one, or a list of several.</summary>
    private static CocoBox? Polygons(ref JsonFileReader json)
    {
        var (left, top, right, bottom) = (double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);
        var (depth, good, isX) = (1, true, true);
        while (depth > 0 && json.Read())
        {
            if (json.Kind is JsonTokenType.StartArray or JsonTokenType.EndArray)
            {
                depth += json.Kind == JsonTokenType.StartArray ? 1 : -1;
                isX = true;
                continue;
            }
            if (!json.TryGetNumber(out var number))
            {
                good = false;
                json.Skip();
            }
            else if (isX)
            {
                (left, right) = (Math.Min(left, number), Math.Max(right, number));
            }
            else
            {
                (top, bottom) = (Math.Min(top, number), Math.Max(bottom, number));
            }
            isX = !isX;
        }
        var box = new CocoBox(left, top, right - left, bottom - top);
        return good && double.IsFinite(box.Left + box.Top + box.Area) ? box : null;
    }

    private static CocoBox? Mask(ref JsonFileReader json)
    {
        var (counts, size) = (new List<long>(), new List<long>());
        for (json.Read(); json.Kind == JsonTokenType.PropertyName; json.Read())
        {
            if (json.IsProperty("counts"u8))
            {
                counts = Wholes(ref json) ?? [];
            }
            else if (json.IsProperty("size"u8))
            {
                size = Wholes(ref json) ?? [];
            }
            else
            {
                json.Skip();
            }
        }
        return size is [> 0 and <= int.MaxValue and var height, > 0 and <= int.MaxValue] ? MaskRuns.Box(counts, height) : null;
    }

    private static List<long>? Wholes(ref JsonFileReader json)
    {
        json.Read();
        if (json.Text(out _) is { } packed)
        {
            return MaskRuns.Unpack(packed);
        }
        if (json.Kind != JsonTokenType.StartArray)
        {
            json.Skip();
            return null;
        }
        var (numbers, good) = (new List<long>(), true);
        for (json.Read(); json.Kind != JsonTokenType.EndArray; json.Read())
        {
            good &= json.TryGetWhole(out var number);
            numbers.Add(number);
            json.Skip();
        }
        return good ? numbers : null;
    }
}
