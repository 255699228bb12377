using System.Globalization;
using System.Text;
using System.Text.Json;
using SingleShot.Data.Coco;
using SingleShot.Runtime.Files;

namespace SingleShot.Cli.Detecting;

/// <summary>Writes what was found, for other programs.</summary>
internal static class ResultFiles
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Writes the files of a format.</summary>
    /// <param name="folder">The folder of the results.</param>
    /// <param name="format">Which.</param>
    /// <param name="pictures">All pictures of the run, done or not, in order: their numbers do not depend on which are done.</param>
    /// <param name="done">Those that are done.</param>
    /// <param name="classNames">The model's classes.</param>
    /// <returns>Path of the results.</returns>
    /// <exception cref="IOException">A file cannot be written; one that was there is as it was.</exception>
    public static string Write(
        string folder, ResultFormat format, IReadOnlyList<string> pictures, IReadOnlyDictionary<string, FoundPicture> done, IReadOnlyList<string> classNames)
    {
        var found = pictures.Index().Where(item => done.ContainsKey(item.Item)).Select(item => (Place: item.Index, Found: done[item.Item])).ToList();
        if (format == ResultFormat.Csv)
        {
            var csv = Path.Combine(folder, "results.csv");
            AtomicFile.Write(csv, stream => stream.Write(Encoding.UTF8.GetBytes(Csv(found.Select(item => item.Found)))));
            return csv;
        }
        var ids = Ids(pictures);
        AtomicFile.Write(Path.Combine(folder, "images.json"), stream => WriteImages(stream, found, ids, classNames));
        var results = Path.Combine(folder, "results.json");
        AtomicFile.Write(results, stream => WriteResults(stream, found, ids));
        return results;
    }

    /// <summary>COCO's ids where the pictures are named by numbers, as its own are; else they count from 1.</summary>
    private static long[] Ids(IReadOnlyList<string> pictures)
    {
        var ids = new long[pictures.Count];
        var named = pictures.Index().All(item => long.TryParse(
            Path.GetFileNameWithoutExtension(item.Item), NumberStyles.None, CultureInfo.InvariantCulture, out ids[item.Index]));
        return named && ids.Distinct().Count() == ids.Length ? ids : [.. pictures.Select((_, place) => place + 1L)];
    }

    private static void WriteResults(Stream stream, List<(int Place, FoundPicture Found)> found, long[] ids)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartArray();
        foreach (var (place, picture) in found)
        {
            foreach (var one in picture.Objects)
            {
                var category = one.Label + 1; // the id of a class in images.json; of a model that scores COCO's ids, that id
                new CocoResult(ids[place], category, CocoBox.From(one.Box), one.Score).WriteTo(json);
            }
        }
        json.WriteEndArray();
    }

    private static void WriteImages(Stream stream, List<(int Place, FoundPicture Found)> found, long[] ids, IReadOnlyList<string> classNames)
    {
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        json.WriteStartArray("images");
        foreach (var (place, picture) in found)
        {
            json.WriteStartObject();
            json.WriteNumber("id", ids[place]);
            json.WriteString("file_name", picture.Picture);
            json.WriteNumber("width", picture.Width);
            json.WriteNumber("height", picture.Height);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("categories");
        foreach (var (label, name) in classNames.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("id", label + 1);
            json.WriteString("name", name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Csv(IEnumerable<FoundPicture> found)
    {
        var text = new StringBuilder("picture,class,score,left,top,right,bottom\n");
        foreach (var picture in found)
        {
            foreach (var one in picture.Detections)
            {
                text.AppendJoin(',', [Quoted(picture.Picture), Quoted(one.Class), .. one.Box.Prepend(one.Score).Select(number => number.ToString("R", CultureInfo.InvariantCulture))]);
                text.Append('\n');
            }
        }
        return text.ToString();
    }

    private static string Quoted(string text) => text.IndexOfAny(['"', ',', '\n', '\r']) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>What results are written as.</summary>
internal enum ResultFormat
{
    /// <summary>COCO's results format, and beside it which id is of which picture and class.</summary>
    Json,

    /// <summary>A table, a line for each detection.</summary>
    Csv,
}
