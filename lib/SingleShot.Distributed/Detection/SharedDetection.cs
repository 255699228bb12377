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
    /// <param name="stop">Stops this process before its next batch. All stop together, once the others have done their shares.</param>
    /// <returns>What <see cref="DetectorRun.Over"/> returns for the whole data set.</returns>
    /// <exception cref="ArgumentException">The data set has a class that the detector does not have.</exception>
    /// <exception cref="RankFailedException">The processes have data sets of other lengths, or one of them has failed.</exception>
    /// <exception cref="OperationCanceledException">One of them was asked to stop; thrown in all.</exception>
    public static DetectorRun Over(ICommunicator communicator, IDetector detector, DataSet data, int batchSize = 16, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        ArgumentNullException.ThrowIfNull(data);
        var mine = data with { Samples = Share(communicator, data.Samples, batchSize) };
        var parts = Gathered(communicator, () => DetectorRun.Over(detector, mine, batchSize, stop));
        return new DetectorRun([.. parts.SelectMany(part => part.Images)], [.. parts.SelectMany(part => part.Problems)]);
    }

    /// <summary>Runs a detector over picture files.</summary>
    /// <param name="communicator">The processes.</param>
    /// <param name="detector">The detector; of equal weights in each.</param>
    /// <param name="paths">The files, in the order of the results.</param>
    /// <param name="batchSize">Pictures that go through the network together, at least 1.</param>
    /// <param name="stop">Stops this process before its next batch. All stop together, once the others have done their shares.</param>
    /// <returns>For each file what was found, or why it could not be used.</returns>
    /// <exception cref="RankFailedException">The processes have lists of other lengths, or one of them has failed.</exception>
    /// <exception cref="OperationCanceledException">One of them was asked to stop; thrown in all.</exception>
    public static IReadOnlyList<DetectedFile> OverFiles(
        ICommunicator communicator, IDetector detector, IReadOnlyList<string> paths, int batchSize = 16, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(paths);
        var mine = Share(communicator, paths, batchSize);
        return [.. Gathered(communicator, () => mine.Chunk(batchSize).SelectMany(chunk => Detect(detector, chunk, stop)).ToArray()).SelectMany(part => part)];
    }

    private static IEnumerable<DetectedFile> Detect(IDetector detector, string[] paths, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var read = Array.ConvertAll(paths, Read);
        var found = new Queue<IReadOnlyList<DetectedObject>>(detector.Detect([.. read.Select(file => file.Image).OfType<RgbImage>()]));
        return [.. paths.Zip(read, (path, file) => new DetectedFile(path, file.Image is null ? [] : found.Dequeue(), file.Problem))];
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
        Agreement.Check(communicator, ("number of pictures", () => $"{items.Count}"), ("size of batch", () => $"{batchSize}"));
        var batches = (items.Count + batchSize - 1L) / batchSize;
        int Start(int rank) => (int)Math.Min(items.Count, batches * rank / communicator.Size * batchSize);
        return [.. items.Skip(Start(communicator.Rank)).Take(Start(communicator.Rank + 1) - Start(communicator.Rank))];
    }

    private static T[] Gathered<T>(ICommunicator communicator, Func<T> detect) where T : class
    {
        T? mine = null;
        try
        {
            mine = detect();
        }
        catch (OperationCanceledException)
        {
            // Said to the others by what is missing: they wait for it.
        }
        var parts = communicator.Gather(JsonSerializer.SerializeToUtf8Bytes(mine)).Select(bytes => JsonSerializer.Deserialize<T>(bytes)).OfType<T>().ToArray();
        return parts.Length == communicator.Size ? parts : throw new OperationCanceledException("A process was asked to stop.");
    }
}

/// <summary>A picture file that a detector has looked at.</summary>
/// <param name="Path">The file.</param>
/// <param name="Found">What was found, best first.</param>
/// <param name="Problem">Why the file could not be used; null where it could.</param>
public sealed record DetectedFile(string Path, IReadOnlyList<DetectedObject> Found, string? Problem);
