using System.Text.Json;
using SingleShot.Data.Coco.Json;

namespace SingleShot.Data.Coco;

/// <summary>Reads the values of a record's properties; the first that is not what it should be becomes the record's problem.</summary>
internal struct CocoField
{
    /// <summary>The first problem, in a few words; null while there is none.</summary>
    public string? Problem { get; private set; }

    /// <summary>What kind of mistake the first problem is.</summary>
    public FindingKind Kind { get; private set; }

    /// <summary>Notes a problem, unless there is one already.</summary>
    public void Fail(string problem, FindingKind kind = FindingKind.Unreadable)
    {
        if (Problem is null)
        {
            (Problem, Kind) = (problem, kind);
        }
    }

    /// <summary>The whole number that a property has.</summary>
    public long? Whole(ref JsonFileReader json, string name)
    {
        json.Read();
        if (json.TryGetWhole(out var value))
        {
            return value;
        }
        Fail($"{name} is {json.Shown()}, not a whole number");
        json.Skip();
        return null;
    }

    /// <summary>The number that a property has; null where it is none, which may or may not matter.</summary>
    public static double? Number(ref JsonFileReader json)
    {
        json.Read();
        if (json.TryGetNumber(out var value))
        {
            return value;
        }
        json.Skip();
        return null;
    }

    /// <summary>Whether a property is set: a number other than 0, or true.</summary>
    public static bool Flag(ref JsonFileReader json)
    {
        json.Read();
        if (json.TryGetNumber(out var value))
        {
            return value != 0;
        }
        var set = json.Kind == JsonTokenType.True;
        json.Skip();
        return set;
    }

    /// <summary>The text that a property has.</summary>
    public string? Text(ref JsonFileReader json, string name)
    {
        json.Read();
        if (json.Text() is { } text)
        {
            return text;
        }
        Fail($"{name} is {json.Shown()}, not a readable text");
        json.Skip();
        return null;
    }

    /// <summary>The box of a property: left, top, width and height, the sizes not negative.</summary>
    public CocoBox? Box(ref JsonFileReader json)
    {
        json.Read();
        if (json.Kind != JsonTokenType.StartArray)
        {
            json.Skip();
            Fail("has no box of four numbers");
            return null;
        }
        Span<double> numbers = stackalloc double[4];
        var (count, good) = (0, true);
        for (json.Read(); json.Kind != JsonTokenType.EndArray; json.Read())
        {
            good &= json.TryGetNumber(out var number) && count < numbers.Length;
            if (good)
            {
                numbers[count] = number;
            }
            count++;
            json.Skip();
        }
        var box = new CocoBox(numbers[0], numbers[1], numbers[2], numbers[3]);
        if (!good || count != numbers.Length)
        {
            Fail("has no box of four numbers");
            return null;
        }
        if (box.Width < 0 || box.Height < 0 || !double.IsFinite(box.Area + box.Left + box.Width + box.Top + box.Height))
        {
            Fail(FormattableString.Invariant($"box ({box.Left}, {box.Top}, {box.Width}, {box.Height}) has a negative or boundless size"), FindingKind.Degenerate);
            return null;
        }
        return box;
    }
}
