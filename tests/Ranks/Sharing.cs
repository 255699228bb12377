using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using SingleShot.Data;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Detection;
using SingleShot.Distributed.Communication;
using SingleShot.Distributed.Detection;
using SingleShot.Models;
using SingleShot.Networks;

namespace SingleShot.Ranks;

/// <summary>How pictures are shared among processes, written down to be compared.</summary>
internal static class Sharing
{
    /// <summary>A line for each batch, with a hash of each image in the order of the whole batch.</summary>
    public static void WriteOrder(ICommunicator processes, Job job, DataSet data)
    {
        var model = Training.Model(data.ClassNames);
        var share = new BatchLoader(data, model, job.Batch, Pipeline.Light, seed: 2).Share(processes.Rank, processes.Size);
        List<string> lines = [];
        for (var epoch = 0; epoch < 2; epoch++)
        {
            foreach (var batch in share.Epoch(epoch))
            {
                using (batch)
                {
                    var hashes = string.Join(' ', Enumerable.Range(0, batch.Count).Select(i => Convert.ToHexString(XxHash64.Hash(batch.Images[i].bytes))));
                    lines.Add(string.Join(' ', processes.Gather(Encoding.UTF8.GetBytes(hashes)).Select(Encoding.UTF8.GetString)));
                }
            }
        }
        Write(processes, job, lines);
    }

    /// <summary>What a network of fresh weights finds: in the data set, then in its files, one of which is no picture.</summary>
    public static void Detect(ICommunicator processes, Job job, DataSet data)
    {
        using var network = new SsdNetwork(Training.Model(data.ClassNames), seed: 1);
        var detector = new Detector(network, new DetectionSettings(ScoreThreshold: 0.05, DetectionsPerImage: 5));
        var run = SharedDetection.Over(processes, detector, data, batchSize: 5);
        string[] files = [.. data.Samples.Select(sample => sample.ImagePath).Take(7), Path.Combine(job.Data, "instances.json")];
        var found = SharedDetection.OverFiles(processes, detector, files, batchSize: 3);
        Write(processes, job, [.. run.Images.Select(image => JsonSerializer.Serialize(image)), .. found.Select(file => JsonSerializer.Serialize(file))]);
    }

    private static void Write(ICommunicator processes, Job job, IReadOnlyList<string> lines)
    {
        if (processes.Rank == 0)
        {
            File.WriteAllLines(Path.Combine(job.Output, "lines.txt"), lines);
        }
    }
}
