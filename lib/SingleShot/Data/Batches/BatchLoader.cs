using SingleShot.Data.Augmentation;
using SingleShot.Models;

namespace SingleShot.Data.Batches;

/// <summary>Prepares a data set's batches on other threads, ahead of the training step that takes them.</summary>
/// <remarks>
/// <para>
/// What a batch holds follows from the seed, the epoch and the batch's number alone, not from the number of threads or their speed: a
/// training that stopped goes on with exactly the batches that it would have had. Crowd regions are left out; difficult objects stay.
/// </para>
/// <para>
/// The other threads work on bytes and arrays only. Tensors are made on the thread that asks for a batch, over the prepared memory and
/// without a copy, so that they are in that thread's dispose scope and count, and there is nothing to free when an epoch ends early.
/// </para>
/// </remarks>
public sealed class BatchLoader
{
    private readonly DataSet _dataSet;
    private readonly SsdSpecification _specification;
    private readonly IAugmentation _augmentation;
    private readonly int _seed;
    private readonly int _workers;
    private readonly int _ahead;
    private readonly SampleReader _reader;
    private int _share;

    /// <summary>A loader of a data set for a network.</summary>
    /// <param name="dataSet">The images; at least one, with the classes of the specification.</param>
    /// <param name="specification">Gives the size and the normalization of the network's input.</param>
    /// <param name="batchSize">Images in a batch, at least 1.</param>
    /// <param name="augmentation">What is done to each image, anew in each epoch; <see cref="Pipeline.None"/> for nothing.</param>
    /// <param name="seed">What order and augmentation follow from.</param>
    /// <param name="workers">How many batches are prepared at the same time, at least 1.</param>
    /// <param name="ahead">How many batches are prepared or under way before they are asked for, at least 1.</param>
    /// <param name="cacheBytes">Decoded images are kept in memory if together they take no more than this; 0 for never.</param>
    /// <exception cref="ArgumentException">
    /// No images, other classes than the specification's, a label that names no class, or a number below its least.
    /// </exception>
    public BatchLoader(
        DataSet dataSet, SsdSpecification specification, int batchSize, IAugmentation augmentation, int seed,
        int workers = 2, int ahead = 4, long cacheBytes = 1L << 30)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(augmentation);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(cacheBytes);
        if (dataSet.Samples.Count == 0)
        {
            throw new ArgumentException($"{dataSet.Name} has no images.", nameof(dataSet));
        }
        if (!dataSet.ClassNames.SequenceEqual(specification.ClassNames))
        {
            throw new ArgumentException(
                $"{dataSet.Name} has the classes [{string.Join(", ", dataSet.ClassNames)}], {specification.Name} has "
                + $"[{string.Join(", ", specification.ClassNames)}]: make the specification with the data set's ClassNames.",
                nameof(dataSet));
        }
        if (dataSet.Samples.FirstOrDefault(sample => sample.Truths.Any(truth => (uint)truth.Label >= dataSet.ClassNames.Count)) is { } wrong)
        {
            throw new ArgumentException(
                $"{dataSet.Name}: image {wrong.Id} ({wrong.ImagePath}) has an object whose label is not one of 0 to {dataSet.ClassNames.Count - 1}, "
                + "the classes that the data set names.", nameof(dataSet));
        }
        (_dataSet, _specification, _augmentation, _seed, _workers, _ahead) = (dataSet, specification, augmentation, seed, workers, ahead);
        WholeBatchSize = BatchSize = Math.Min(batchSize, dataSet.Samples.Count);
        _reader = new SampleReader(dataSet.Samples, cacheBytes);
    }

    /// <summary>Images in each batch: what was asked for, or all there are where the data set has fewer.</summary>
    public int BatchSize { get; private set; }

    /// <summary>Images in each batch of all processes together; <see cref="BatchSize"/>, where one has it all.</summary>
    public int WholeBatchSize { get; }

    /// <summary>Batches in an epoch. Images that do not fill a last one are left out; each epoch's order leaves out others.</summary>
    public int BatchesPerEpoch => _dataSet.Samples.Count / WholeBatchSize;

    /// <summary>
    /// A hash of what the batches follow from: the images with their files' sizes and their objects, the size of a batch, augmentation and
    /// seed. Where a folder lies does not matter.
    /// </summary>
    /// <returns>The same text for the same batches, on any machine.</returns>
    public string Fingerprint() => LoaderFingerprint.Of(_dataSet, WholeBatchSize, _augmentation, _seed);

    /// <summary>One of several processes' share of each batch: the shares of all of them in turn are the batch, in its order.</summary>
    /// <param name="index">Which share, from 0.</param>
    /// <param name="count">How many processes share each batch, at least 1.</param>
    /// <returns>A loader of as many batches, each a part as large.</returns>
    /// <exception cref="ArgumentException">The batch does not divide among so many.</exception>
    public BatchLoader Share(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        if (WholeBatchSize % count != 0)
        {
            var most = _dataSet.Samples.Count / count * count;
            throw new ArgumentException(
                $"A batch of {WholeBatchSize} images does not divide among {count} processes. "
                + (most == 0
                    ? $"{_dataSet.Name} has {_dataSet.Samples.Count} images: start at most as many processes."
                    : $"Take a multiple of {count}, such as {Math.Min(most, (WholeBatchSize / count + 1) * count)}, or another number of processes."),
                nameof(count));
        }
        var share = (BatchLoader)MemberwiseClone(); // with the reader, and so with the images that it keeps
        (share._share, share.BatchSize) = (index, WholeBatchSize / count);
        return share;
    }

    /// <summary>Images that could not be used so far, a line each. The next image in the epoch's order takes their place.</summary>
    public IReadOnlyCollection<string> Problems => _reader.Problems;

    /// <summary>The batches of one epoch, in an order of its own.</summary>
    /// <param name="epoch">The epoch's number, from 0.</param>
    /// <param name="skipBatches">How many batches a training has already had of this epoch.</param>
    /// <returns>
    /// Batches on the CPU, which the caller disposes of. Ending early stops the threads. Images that cannot be used are reported on
    /// the error output once, and listed in <see cref="Problems"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    /// <exception cref="InvalidDataException">While iterating: not one image of the data set can be used.</exception>
    public IEnumerable<Batch> Epoch(int epoch, int skipBatches = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(skipBatches);
        return Iterate(epoch, skipBatches);
    }

    /// <summary>Puts pictures of any sizes into one batch.</summary>
    /// <param name="examples">The pictures, at least one; crowd regions among their objects are left out.</param>
    /// <param name="specification">Gives the size and the normalization of the network's input.</param>
    /// <returns>A batch on the CPU, which the caller disposes of.</returns>
    /// <exception cref="ArgumentException">No pictures.</exception>
    public static Batch Collate(IReadOnlyList<Example> examples, SsdSpecification specification) =>
        PreparedBatch.From(examples, specification).ToBatch();

    private IEnumerable<Batch> Iterate(int epoch, int skipBatches)
    {
        var order = Enumerable.Range(0, _dataSet.Samples.Count).ToArray();
        new Random(Seeds.Mix(_seed, epoch)).Shuffle(order);
        using var cancellation = new CancellationTokenSource();
        var token = cancellation.Token;
        var factory = new TaskFactory(new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, _workers).ConcurrentScheduler);
        var underWay = new Queue<Task<PreparedBatch>>();
        var next = skipBatches;
        try
        {
            while (true)
            {
                for (; next < BatchesPerEpoch && underWay.Count < _ahead; next++)
                {
                    var number = next;
                    underWay.Enqueue(factory.StartNew(() => Prepare(order, epoch, number, token), token));
                }
                if (!underWay.TryDequeue(out var first))
                {
                    yield break;
                }
                var prepared = first.GetAwaiter().GetResult();
                _reader.ReportProblems();
                yield return prepared.ToBatch();
            }
        }
        finally
        {
            cancellation.Cancel();
            // No thread of this epoch may outlive it; how the batches that nobody waits for ended is of no interest.
            Task.WhenAll(underWay).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        }
    }

    private PreparedBatch Prepare(int[] order, int epoch, int number, CancellationToken token)
    {
        var examples = new Example[BatchSize];
        for (var i = 0; i < examples.Length; i++)
        {
            token.ThrowIfCancellationRequested();
            var position = number * WholeBatchSize + _share * BatchSize + i;
            examples[i] = _augmentation.Apply(_reader.ReadFrom(order, position), new Random(Seeds.Mix(_seed, epoch, position)));
        }
        return PreparedBatch.From(examples, _specification);
    }
}
