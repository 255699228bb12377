using System.Text.Json;
using SingleShot.Data.Coco;

namespace SingleShot.Benchmarks.Evaluation;

/// <summary>Truths and detections of the density of COCO's val2017, out of chance.</summary>
internal static class ValidationSet
{
    /// <summary>Draws a set, and sends the truths through an annotation file, as an evaluation would have them.</summary>
    /// <param name="folder">Where the file goes.</param>
    /// <param name="images">How many images.</param>
    /// <param name="truths">How many objects in all of them; one in a hundred is a crowd.</param>
    /// <param name="detections">How many detections in each image: up to two near each object, the rest anywhere.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="seed">What the set follows from.</param>
    public static (CocoAnnotations Annotations, CocoResults Results) Write(string folder, int images, int truths, int detections, int classes, int seed)
    {
        var random = new Random(seed);
        var objects = Enumerable.Range(1, truths).Select(id => (Id: id, Image: random.Next(images) + 1, Category: random.Next(classes) + 1, Box: Box(random))).ToArray();
        var path = Path.Combine(folder, "instances.json");
        using (var stream = File.Create(path))
        {
            JsonSerializer.Serialize(stream, new
            {
                images = Enumerable.Range(1, images).Select(id => new { id, file_name = $"{id:D12}.jpg", width = 640, height = 480 }),
                annotations = objects.Select(item => new
                {
                    id = item.Id,
                    image_id = item.Image,
                    category_id = item.Category,
                    bbox = new[] { item.Box.Left, item.Box.Top, item.Box.Width, item.Box.Height },
                    area = item.Box.Area * .6,
                    iscrowd = random.Next(100) == 0 ? 1 : 0,
                }),
                categories = Enumerable.Range(1, classes).Select(id => new { id, name = $"class {id}" }),
            });
        }
        var byImage = objects.ToLookup(item => item.Image);
        var results = new List<CocoResult>(images * detections);
        for (var image = 1; image <= images; image++)
        {
            var near = byImage[image].SelectMany(item => Enumerable.Repeat(item, random.Next(3))).Take(detections).ToArray();
            results.AddRange(near.Select(item => new CocoResult(image, item.Category, Moved(item.Box, random), Math.Round(.3 + .7 * random.NextDouble(), 3))));
            results.AddRange(Enumerable.Range(0, detections - near.Length).Select(
                _ => new CocoResult(image, random.Next(classes) + 1, Box(random), Math.Round(.5 * random.NextDouble(), 3))));
        }
        return (CocoAnnotations.Read(path), new CocoResults(results, []));
    }

    private static CocoBox Box(Random random)
    {
        var (width, height) = (6 + 400 * random.NextDouble() * random.NextDouble(), 6 + 300 * random.NextDouble() * random.NextDouble());
        return new CocoBox(Hundredths(random.NextDouble() * (640 - width)), Hundredths(random.NextDouble() * (480 - height)), Hundredths(width), Hundredths(height));
    }

    private static CocoBox Moved(CocoBox box, Random random)
    {
        var spread = .25 * random.NextDouble();
        return new CocoBox(
            box.Left + Jitter(box.Width), box.Top + Jitter(box.Height), box.Width + Jitter(box.Width), box.Height + Jitter(box.Height));

        double Jitter(double size) => (2 * random.NextDouble() - 1) * spread * size;
    }

    private static double Hundredths(double value) => Math.Round(value, 2);
}
