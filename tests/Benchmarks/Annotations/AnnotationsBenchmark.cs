using System.Diagnostics;
using System.Globalization;
using SingleShot.Data.Coco;

namespace SingleShot.Benchmarks.Annotations;

/// <summary>Reading an annotation file of the size of COCO's train2017, beside the two ways that .NET offers for JSON.</summary>
internal sealed class AnnotationsBenchmark : IBenchmark
{
    private const int Images = 118_287;
    private const int Objects = 860_001;

    // Each in a process of its own: the peak of one's memory is not to be that of another's.
    private static readonly (string Name, Func<string, string, int> Read)[] Readers =
    [
        ("CocoAnnotations.Read", (path, _) => CocoAnnotations.Read(path).Objects.Count),
        ("CocoReader.Read, images looked for", (path, images) => CocoReader.Read(path, images).Samples.Sum(sample => sample.Truths.Count)),
        ("JsonSerializer to records", (path, _) => JsonPeers.Deserialize(path)),
        ("JsonDocument", (path, _) => JsonPeers.Walk(path)),
    ];

    public string Name => "annotations";

    public string Summary => "reading 118,287 images and 860,001 objects with outlines from JSON, beside JsonSerializer and JsonDocument";

    public void Run(IReadOnlyList<string> arguments)
    {
        if (arguments is [var reader, var file, var imageFolder])
        {
            var (seconds, count) = Measure.Once(() => Readers[int.Parse(reader, CultureInfo.InvariantCulture)].Read(file, imageFolder));
            using var self = Process.GetCurrentProcess();
            Console.Write(string.Create(CultureInfo.InvariantCulture, $"{seconds} {self.TotalProcessorTime.TotalSeconds} {self.PeakWorkingSet64} {count}"));
            return;
        }
        var folder = Directory.CreateTempSubdirectory("singleshot-benchmark-").FullName;
        try
        {
            var (path, images) = (Path.Combine(folder, "instances.json"), Path.Combine(folder, "images"));
            CocoFileGenerator.Write(path, Images, Objects, seed: 2017);
            Directory.CreateDirectory(images);
            for (var id = 1; id <= Images; id++)
            {
                File.WriteAllBytes(Path.Combine(images, CocoFileGenerator.FileName(id)), []);
            }
            File.ReadAllBytes(path); // into the system's cache, for all alike
            Console.WriteLine($"  {new FileInfo(path).Length / 1e6:0} MB");
            var first = 0.0;
            for (var i = 0; i < Readers.Length; i++)
            {
                var (seconds, processor, peak, count) = InItsOwnProcess(i, path, images);
                first = i == 0 ? seconds : first;
                Console.WriteLine($"  {Readers[i].Name,-36} {seconds,6:0.00} s ({seconds / first:0.0} times)  {processor,6:0.00} s of the processor  peak {peak / 1e6,6:0} MB  {count} objects");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private (double Seconds, double Processor, double Peak, int Count) InItsOwnProcess(int reader, string path, string images)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--only", Name, $"{reader}", path, images]) { RedirectStandardOutput = true })!;
        var words = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return process.ExitCode == 0 && words.Length == 4
            ? (Number(words[0]), Number(words[1]), Number(words[2]), (int)Number(words[3]))
            : throw new InvalidOperationException($"{Readers[reader].Name} ended with exit code {process.ExitCode}.");
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}
