using System.Text.Json;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Distributed.Communication;
using SingleShot.Evaluation;
using SingleShot.Images;

namespace SingleShot.Distributed.Detection;

/// <summary>Detection over many pictures, of which each process takes its share; the results are those of one process, in its order.</summary>
/// <remarks>
/// The shares are whole batches one after another, so that the same pictures go through the network together as in one process.
/// All processes have the same weights, call the same methods, and get all the results.
/// </remarks>
public static class SharedDetection
{
    /// <summary>Runs a detector over a data set, to be evaluated once.</summary>
    /// <param name="communicator">The processes.</param>
    /// <param name="detector">The detector; of equal weights in each.</param>
    /// <param name="data">The whole data set.</param>
    /// <param name="batchSize">Images that go through the network together, at least 1.</param>
    /// <param name="stop">Stops before the next batch, in this process alone; the others end with it.</param>
    /// <returns>What <see cref="DetectorRun.Over"/> returns for the whole data set.</returns>
    /// <exception cref="ArgumentException">The data set has a class that the detector does not have.</exception>
    /// <exception cref="RankFailedException">The processes have data sets of other lengths, or one of them has failed.</exception>
    public static DetectorRun Over(ICommunicator communicator, Detector detector, DataSet data, int batchSize = 16, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        ArgumentNullException.ThrowIfNull(data);
        var run = DetectorRun.Over(detector, data with { Samples = Share(communicator, data.Samples, batchSize) }, batchSize, stop);
        var parts = Gathered(communicator, new DetectorRun(run.Images, run.Problems));
        return new DetectorRun([.. parts.SelectMany(part => part.Images)], [.. parts.SelectMany(part => part.Problems)]);
    }

    /// <summary>Runs a detector over picture files.</summary>
    /// <param name="communicator">The processes.</param>
    /// <param name="detector">The detector; of equal weights in each.</param>
    /// <param name="paths">The files, in the order of the results.</param>
    /// <param name="batchSize">Pictures that go through the network together, at least 1.</param>
    /// <param name="stop">Stops before the next batch, in this process alone; the others end with it.</param>
    /// <returns>For each file what was found, or why it could not be used.</returns>
    /// <exception cref="RankFailedException">The processes have lists of other lengths, or one of them has failed.</exception>
    public static IReadOnlyList<DetectedFile> OverFiles(
        ICommunicator communicator, Detector detector, IReadOnlyList<string> paths, int batchSize = 16, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(paths);
        List<DetectedFile> mine = [];
        foreach (var chunk in Share(communicator, paths, batchSize).Chunk(batchSize))
        {
            stop.ThrowIfCancellationRequested();
            var read = Array.ConvertAll(chunk, Read);
            var found = new Queue<IReadOnlyList<DetectedObject>>(detector.Detect([.. read.Select(file => file.Image).OfType<RgbImage>()]));
            mine.AddRange(chunk.Zip(read, (path, file) => new DetectedFile(path, file.Image is null ? [] : found.Dequeue(), file.Problem)));
        }
        return [.. Gathered(communicator, mine).SelectMany(part => part)];
    }

    private static (RgbImage? Image, string? Problem) Read(string path)
    {
        try
        {
            return (ImageFile.Read(path), null);
        }
        catch (ImageFileException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>The items of this process: of the batches, in their order, as many as of the others, or one more.</summary>
    private static IReadOnlyList<T> Share<T>(ICommunicator communicator, IReadOnlyList<T> items, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Agreement.Check(communicator, ("number of pictures", $"{items.Count}"), ("size of batch", $"{batchSize}"));
        var batches = (items.Count + batchSize - 1L) / batchSize;
        int Start(int rank) => (int)Math.Min(items.Count, batches * rank / communicator.Size * batchSize);
        return [.. items.Skip(Start(communicator.Rank)).Take(Start(communicator.Rank + 1) - Start(communicator.Rank))];
    }

    private static IReadOnlyList<T> Gathered<T>(ICommunicator communicator, T mine) =>
        [.. communicator.Gather(JsonSerializer.SerializeToUtf8Bytes(mine)).Select(bytes => JsonSerializer.Deserialize<T>(bytes)!)];
}

/// <summary>A picture file that a detector has looked at.</summary>
/// <param name="Path">The file.</param>
/// <param name="Found">What was found, best first.</param>
/// <param name="Problem">Why the file could not be used; null where it could.</param>
public sealed record DetectedFile(string Path, IReadOnlyList<DetectedObject> Found, string? Problem);
