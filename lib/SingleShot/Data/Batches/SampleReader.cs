using System.Collections.Concurrent;
using SingleShot.Images;

namespace SingleShot.Data.Batches;

/// <summary>Reads a data set's images from many threads, keeps them where they fit into memory, and notes those it cannot use.</summary>
internal sealed class SampleReader
{
    private readonly IReadOnlyList<Sample> _samples;
    private readonly RgbImage?[]? _cache;
    private readonly ConcurrentDictionary<int, string> _unusable = new();
    private readonly ConcurrentQueue<string> _unreported = new();

    /// <summary>A reader that keeps the decoded images if they take no more than <paramref name="cacheBytes"/>.</summary>
    public SampleReader(IReadOnlyList<Sample> samples, long cacheBytes)
    {
        _samples = samples;
        _cache = samples.Sum(sample => 3L * sample.Width * sample.Height) <= cacheBytes ? new RgbImage?[samples.Count] : null;
    }

    /// <summary>A line for each image that could not be used.</summary>
    public IReadOnlyCollection<string> Problems => [.. _unusable.Values];

    /// <summary>The image at a position of an order, or the first one after it, round the end, that can be used.</summary>
    /// <exception cref="InvalidDataException">None can be used.</exception>
    public Example ReadFrom(int[] order, int position)
    {
        for (var i = 0; i < order.Length; i++)
        {
            var index = order[(position + i) % order.Length];
            if (Read(index) is { } image)
            {
                return new Example(image, [.. _samples[index].Truths.Where(truth => !truth.Crowd)]);
            }
        }
        throw new InvalidDataException($"None of the {order.Length} images can be used. {string.Join(" ", Problems.Take(3))}");
    }

    /// <summary>Writes the problems found since the last call to the error output.</summary>
    public void ReportProblems()
    {
        while (_unreported.TryDequeue(out var problem))
        {
            Console.Error.WriteLine(problem);
        }
    }

    /// <summary>The image of a sample; null where it cannot be used, which is noted.</summary>
    public RgbImage? Read(int index)
    {
        if (_unusable.ContainsKey(index))
        {
            return null;
        }
        if (_cache?[index] is { } kept)
        {
            return kept;
        }
        var sample = _samples[index];
        try
        {
            var image = sample.ReadImage();
            if (image.Width == sample.Width && image.Height == sample.Height)
            {
                _cache?[index] = image; // two threads may both read it; either's is as good
                return image;
            }
            NoteUnusable(
                index, $"{sample.ImagePath} is {image.Width} x {image.Height}, but its annotations are for {sample.Width} x {sample.Height}.");
        }
        catch (ImageFileException e)
        {
            NoteUnusable(index, e.Message);
        }
        return null;
    }

    private void NoteUnusable(int index, string reason)
    {
        var problem = $"Image {_samples[index].Id} is left out: {reason}";
        if (_unusable.TryAdd(index, problem))
        {
            _unreported.Enqueue(problem);
        }
    }
}
