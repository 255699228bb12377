using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SingleShot.Boxes;

namespace SingleShot.Data.Labeling;

/// <summary>A file of labels in COCO's format that is changed picture by picture: what is not changed stays as somebody wrote it, fields that nobody here knows among it.</summary>
internal sealed class CocoLabelDocument
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What each record must have.
    private static readonly Dictionary<string, Dictionary<string, Func<JsonNode?, bool>>> Fields = new()
    {
        ["images"] = new() { ["id"] = IsNumber, ["file_name"] = IsText },
        ["categories"] = new() { ["id"] = IsNumber, ["name"] = IsText },
        ["annotations"] = new() { ["id"] = IsNumber, ["image_id"] = IsNumber, ["category_id"] = IsNumber, ["bbox"] = IsBox },
    };

    private readonly string _path;
    private JsonObject _root = [];

    private CocoLabelDocument(string path) => _path = path;

    /// <summary>The file's text.</summary>
    public string Text => _root.ToJsonString(Indented);

    /// <summary>The classes by rising id.</summary>
    public IEnumerable<string> ClassNames => Categories.OrderBy(pair => pair.Value).Select(pair => pair.Key);

    private JsonArray Images => Array("images");

    private JsonArray Annotations => Array("annotations");

    private Dictionary<string, long> Categories => Array("categories").ToDictionary(one => (string)one!["name"]!, one => (long)one!["id"]!);

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text; null begins a file without labels.</param>
    /// <param name="path">The file, for errors.</param>
    /// <exception cref="InvalidDataException">It is not COCO's format.</exception>
    public static CocoLabelDocument Read(string? text, string path)
    {
        var document = new CocoLabelDocument(path);
        document.Restore(text ?? "{}");
        return document;
    }

    /// <summary>Goes back to a text.</summary>
    public void Restore(string text)
    {
        try
        {
            _root = JsonNode.Parse(text) as JsonObject ?? throw Damaged("it is no object");
        }
        catch (JsonException e)
        {
            throw Damaged(FormattableString.Invariant($"it is not JSON at line {e.LineNumber + 1}"), e);
        }
        foreach (var (list, fields) in Fields)
        {
            foreach (var (index, one) in Array(list).Index())
            {
                if (fields.FirstOrDefault(pair => !pair.Value(one is JsonObject ? one[pair.Key] : null)).Key is { } missing)
                {
                    throw Damaged($"number {index + 1} of '{list}' has no {missing} that can be used");
                }
            }
        }
        foreach (var unique in new[] { "name", "id" })
        {
            if (Array("categories").CountBy(one => $"{one![unique]}").FirstOrDefault(one => one.Value > 1).Key is { } twice)
            {
                throw Damaged($"there are two categories of the {unique} {twice}");
            }
        }
        _ = Boxes();
    }

    /// <summary>The labels of each picture that is listed, by the name of its file.</summary>
    public Dictionary<string, IReadOnlyList<LabeledBox>> Boxes()
    {
        var names = Categories.ToDictionary(pair => pair.Value, pair => pair.Key);
        var objects = Annotations.ToLookup(
            one => (long)one!["image_id"]!,
            one => new LabeledBox(Box(one!), names.GetValueOrDefault((long)one!["category_id"]!) ?? throw Damaged($"there is no category {one["category_id"]}")));
        var boxes = new Dictionary<string, IReadOnlyList<LabeledBox>>();
        foreach (var image in Images)
        {
            boxes.TryAdd((string)image!["file_name"]!, [.. objects[(long)image["id"]!]]);
        }
        return boxes;
    }

    /// <summary>Puts a picture's labels in the place of those that it had; without labels, it is listed no longer.</summary>
    public void Put(LabeledPicture picture)
    {
        var image = Images.FirstOrDefault(one => (string)one!["file_name"]! == picture.Name);
        var id = image is null ? NextId(Images) : (long)image["id"]!;
        var before = Annotations.Where(one => (long)one!["image_id"]! == id).OfType<JsonObject>().ToList();
        if (picture.Boxes is null)
        {
            Images.Remove(image);
        }
        else if (image is null)
        {
            Images.Add(new JsonObject { ["id"] = id, ["file_name"] = picture.Name, ["width"] = picture.Width, ["height"] = picture.Height });
        }
        foreach (var label in picture.Boxes ?? [])
        {
            AddClass(label.ClassName);
            var category = Categories[label.ClassName];
            // One that stays is not touched: it may have an outline.
            if (before.Find(one => (long)one["category_id"]! == category && IsSame(Box(one), label.Box)) is { } same)
            {
                before.Remove(same);
                continue;
            }
            Annotations.Add(new JsonObject
            {
                ["id"] = NextId(Annotations),
                ["image_id"] = id,
                ["category_id"] = category,
                ["bbox"] = new JsonArray(Hundredths(label.Box.Left), Hundredths(label.Box.Top), Hundredths(label.Box.Width), Hundredths(label.Box.Height)),
                ["area"] = Hundredths(label.Box.Area),
                ["iscrowd"] = 0,
            });
        }
        foreach (var gone in before)
        {
            Annotations.Remove(gone);
        }
    }

    /// <summary>Adds a class, unless it is there.</summary>
    public void AddClass(string name)
    {
        if (!Categories.ContainsKey(name))
        {
            Array("categories").Add(new JsonObject { ["id"] = NextId(Array("categories")), ["name"] = name });
        }
    }

    private static bool IsNumber(JsonNode? node) => node is JsonValue value && value.TryGetValue(out long _);

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String && !string.IsNullOrWhiteSpace((string)node!);

    private static bool IsBox(JsonNode? node) => node is JsonArray { Count: 4 } four && four.All(one => one?.GetValueKind() == JsonValueKind.Number);

    // Of hundredths, left and width may add up to a hundredth too much.
    private static bool IsSame(BoundingBox one, BoundingBox other) =>
        Math.Max(Math.Max(Math.Abs(one.Left - other.Left), Math.Abs(one.Top - other.Top)), Math.Max(Math.Abs(one.Right - other.Right), Math.Abs(one.Bottom - other.Bottom))) < 0.0101;

    private static BoundingBox Box(JsonNode annotation)
    {
        var four = annotation["bbox"]!.AsArray().Select(number => (double)number!).ToArray();
        return BoundingBox.FromSize(four[0], four[1], four[2], four[3]);
    }

    private static double Hundredths(double value) => Math.Round(value, 2); // as COCO has them

    private static long NextId(JsonArray records) => records.Select(one => (long)one!["id"]!).DefaultIfEmpty().Max() + 1;

    private JsonArray Array(string name)
    {
        if (!_root.ContainsKey(name))
        {
            _root.Add(name, new JsonArray());
        }
        return _root[name] as JsonArray ?? throw Damaged($"its '{name}' is no list");
    }

    private InvalidDataException Damaged(string what, Exception? inner = null) =>
        new($"{_path} is no file of labels in COCO's format: {what}. It is left as it is: repair it, move it away, or name another file.", inner);
}
