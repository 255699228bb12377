using System.Globalization;
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

    /// <summary>What was taken though it is written otherwise than it should be.</summary>
    public FieldLeniency Leniency { get; private set; }

    /// <summary>Notes a problem, unless there is one already.</summary>
    public void Fail(string problem, FindingKind kind = FindingKind.Unreadable)
    {
        if (Problem is null)
        {
            (Problem, Kind) = (problem, kind);
        }
    }

    /// <summary>Notes a leniency.</summary>
    public void Note(FieldLeniency kind) => Leniency |= kind;

    /// <summary>The whole number that a property has.</summary>
    public long? Whole(ref JsonFileReader json, string name)
    {
        json.Read();
        if (json.TryGetWhole(out var value) || TryWholeText(ref json, out value))
        {
            return value;
        }
        Fail($"{name} is {json.Shown()}, not a whole number");
        json.Skip();
        return null;
    }

    /// <summary>The whole number that a property has which one can do without.</summary>
    public long? WholeIfAny(ref JsonFileReader json)
    {
        json.Read();
        if (json.TryGetWhole(out var value) || TryWholeText(ref json, out value))
        {
            return value;
        }
        json.Skip();
        return null;
    }

    /// <summary>The number that a property has; null where it is none, which may or may not matter.</summary>
    public double? Number(ref JsonFileReader json)
    {
        json.Read();
        if (json.TryGetNumber(out var value) || TryNumberText(ref json, out value))
        {
            return value;
        }
        json.Skip();
        return null;
    }

    /// <summary>Whether a property is set: a number other than 0, or true, in quotation marks or not.</summary>
    public bool Flag(ref JsonFileReader json)
    {
        json.Read();
        if (json.TryGetNumber(out var value) || TryNumberText(ref json, out value))
        {
            return value != 0;
        }
        var set = json.Kind == JsonTokenType.True || (bool.TryParse(json.Text(out _), out var written) && written);
        json.Skip();
        return set;
    }

    /// <summary>The text that a property has.</summary>
    public string? Text(ref JsonFileReader json, string name)
    {
        json.Read();
        if (json.Text(out var guessed) is { } text)
        {
            Leniency |= guessed ? FieldLeniency.Windows1252 : FieldLeniency.None;
            return text;
        }
        if (json.Kind == JsonTokenType.Number)
        {
            Leniency |= FieldLeniency.TextAsNumber;
            return json.Shown();
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
            good &= (json.TryGetNumber(out var number) || TryNumberText(ref json, out number)) && count < numbers.Length;
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

    private bool TryNumberText(ref JsonFileReader json, out double value)
    {
        value = 0;
        var found = json.Kind == JsonTokenType.String
            && double.TryParse(json.Text(out _), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        Leniency |= found ? FieldLeniency.NumberAsText : FieldLeniency.None;
        return found;
    }

    private bool TryWholeText(ref JsonFileReader json, out long value)
    {
        value = 0;
        if (json.Kind == JsonTokenType.String && long.TryParse(json.Text(out _), NumberStyles.Integer, CultureInfo.InvariantCulture, out value))
        {
            Leniency |= FieldLeniency.NumberAsText;
            return true;
        }
        var before = Leniency;
        if (TryNumberText(ref json, out var number) && JsonFileReader.IsWhole(number, out value))
        {
            return true;
        }
        Leniency = before;
        return false;
    }
}
