using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace SingleShot.Data;

/// <summary>The parts of a COCO annotation file that detection needs; the outlines, most of its bytes, are passed over.</summary>
internal sealed record CocoFile(
    IReadOnlyList<CocoFile.Image>? Images, IReadOnlyList<CocoFile.Annotation>? Annotations, IReadOnlyList<CocoFile.Category>? Categories)
{
    internal sealed record Image(long? Id, string? FileName, int? Width, int? Height);

    internal sealed record Annotation(long? Id, long? ImageId, long? CategoryId, double?[]? Bbox, double? Area, int? Iscrowd);

    internal sealed record Category(long? Id, string? Name);

    /// <summary>Reads the file, whatever its numbers say.</summary>
    /// <exception cref="InvalidDataException">Not JSON, or not of COCO's structure; the message names file, line and place.</exception>
    /// <exception cref="IOException">The file is missing or cannot be opened.</exception>
    public static CocoFile Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Check(path, JsonSerializer.Deserialize(stream, CocoJson.Default.CocoFile));
        }
        catch (JsonException first)
        {
            return LoadWithoutNaN(path, first);
        }
    }

    /// <summary>
    /// Python writes NaN and Infinity into JSON, which has no such numbers. One bad box must not lose the whole file, so they become
    /// null; only then, as it takes the whole text in memory.
    /// </summary>
    private static CocoFile LoadWithoutNaN(string path, JsonException first)
    {
        try
        {
            var text = File.ReadAllText(path);
            var mended = Regex.Replace(text, @"(?<=[\[,:]\s*)-?(NaN|Infinity)(?=\s*[\],}])", "null");
            if (mended.Length != text.Length)
            {
                return Check(path, JsonSerializer.Deserialize(mended, CocoJson.Default.CocoFile));
            }
        }
        catch (JsonException)
        {
            // The first error has the lines of the file as it is.
        }
        throw new InvalidDataException(
            $"{path}: line {first.LineNumber + 1}, position {first.BytePositionInLine + 1}, at {first.Path ?? "$"}: "
            + $"not a COCO annotation file: {Reason(first)}", first);
    }

    /// <summary>What the parser says, without the place, which has been told, and without names from this program.</summary>
    private static string Reason(JsonException error) => error.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
        ? "the value there is of another kind than COCO's."
        : error.Message.Split(" Path: ")[0];

    private static CocoFile Check(string path, CocoFile? file)
    {
        var missing = file is { Images: null } ? "images" : file is { Annotations: null } ? "annotations" : "categories";
        return file is { Images: not null, Annotations: not null, Categories: not null }
            ? file
            : throw new InvalidDataException($"{path} has no '{missing}': a COCO instances file is needed, such as instances_val2017.json.");
    }
}

/// <summary>Readers made at compile time, which are faster for the half gigabyte of COCO's training annotations.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(CocoFile))]
internal sealed partial class CocoJson : JsonSerializerContext;
