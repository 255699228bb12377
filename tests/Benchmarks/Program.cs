using SingleShot.Benchmarks.Annotations;
using SingleShot.Data.Coco;
using SingleShot.Benchmarks;

var path = "/tmp/coco-bench.json";
if (!File.Exists(path)) { CocoFileGenerator.Write(path, 118287, 860001, 1); }
Console.WriteLine(new FileInfo(path).Length / 1e6);
for (int i = 0; i < 2; i++)
{
    var (m, r) = Measure.Of(() => CocoAnnotations.Read(path));
    Console.WriteLine($"{m} {r.Images.Count} {r.Objects.Count} {r.Problems.Count}");
}
