using System.Text.Json;

namespace SingleShot.Benchmarks.Annotations;

/// <summary>Writes an annotation file of the shape of COCO's instances_train2017.json, out of chance.</summary>
internal static class CocoFileGenerator
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="images">How many images; train2017 has 118,287.</param>
    /// <param name="annotations">How many objects; train2017 has 860,001.</param>
    /// <param name="seed">What the file follows from.</param>
    /// <remarks>An object is some 470 bytes on average, most of them its outline, which makes the 450 MB that train2017 has.</remarks>
    public static void Write(string path, int images, int annotations, int seed)
    {
        var random = new Random(seed);
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteStartObject("info");
        json.WriteString("description", "An annotation file of the size of COCO's, generated");
        json.WriteEndObject();
        json.WriteStartArray("images");
        for (var i = 0; i < images; i++)
        {
            WriteImage(json, i + 1, random);
            Flush(json);
        }
        json.WriteEndArray();
        json.WriteStartArray("annotations");
        for (var i = 0; i < annotations; i++)
        {
            WriteAnnotation(json, i + 1, random.Next(images) + 1, random);
            Flush(json);
        }
        json.WriteEndArray();
        json.WriteStartArray("categories");
        for (var id = 1; id <= 80; id++)
        {
            json.WriteStartObject();
            json.WriteString("supercategory", "thing");
            json.WriteNumber("id", id);
            json.WriteString("name", $"class {id}");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The name of an image's file.</summary>
    public static string FileName(int id) => $"{id:D12}.jpg";

    private static void WriteImage(Utf8JsonWriter json, int id, Random random)
    {
        json.WriteStartObject();
        json.WriteNumber("license", random.Next(1, 9));
        json.WriteString("file_name", FileName(id));
        json.WriteString("coco_url", $"http://images.cocodataset.org/train2017/{FileName(id)}");
        json.WriteNumber("height", 480);
        json.WriteNumber("width", 640);
        json.WriteString("date_captured", "2013-11-14 11:18:45");
        json.WriteString("flickr_url", $"http://farm9.staticflickr.com/{random.Next(1000, 9999)}/{random.NextInt64(1_000_000_000, 9_999_999_999)}_1a2b3c4d5e_z.jpg");
        json.WriteNumber("id", id);
        json.WriteEndObject();
    }

    private static void WriteAnnotation(Utf8JsonWriter json, int id, int imageId, Random random)
    {
        var (width, height) = (8 + 300 * random.NextDouble() * random.NextDouble(), 8 + 300 * random.NextDouble() * random.NextDouble());
        var (left, top) = (random.NextDouble() * (639 - width), random.NextDouble() * (479 - height));
        var crowd = random.Next(85) == 0; // one in 85, as in train2017
        json.WriteStartObject();
        json.WritePropertyName("segmentation");
        if (crowd)
        {
            json.WriteStartObject();
            json.WriteStartArray("counts");
            for (var i = 0; i < 400; i++)
            {
                json.WriteNumberValue(random.Next(700));
            }
            json.WriteEndArray();
            json.WriteStartArray("size");
            json.WriteNumberValue(480);
            json.WriteNumberValue(640);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray();
            json.WriteStartArray();
            for (var i = random.Next(8, 42); i > 0; i--)
            {
                json.WriteNumberValue(Hundredths(left + width * random.NextDouble()));
                json.WriteNumberValue(Hundredths(top + height * random.NextDouble()));
            }
            json.WriteEndArray();
            json.WriteEndArray();
        }
        json.WriteNumber("area", Hundredths(width * height * .6));
        json.WriteNumber("iscrowd", crowd ? 1 : 0);
        json.WriteNumber("image_id", imageId);
        json.WriteStartArray("bbox");
        json.WriteNumberValue(Hundredths(left));
        json.WriteNumberValue(Hundredths(top));
        json.WriteNumberValue(Hundredths(width));
        json.WriteNumberValue(Hundredths(height));
        json.WriteEndArray();
        json.WriteNumber("category_id", random.Next(80) + 1);
        json.WriteNumber("id", id);
        json.WriteEndObject();
    }

    private static double Hundredths(double value) => Math.Round(value, 2);

    private static void Flush(Utf8JsonWriter json)
    {
        if (json.BytesPending > 1 << 18)
        {
            json.Flush();
        }
    }
}
