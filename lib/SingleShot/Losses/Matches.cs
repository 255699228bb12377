using TorchSharp;

namespace SingleShot.Losses;

/// <summary>Which default boxes of which images answer for which ground truths.</summary>
/// <param name="Images">int64 [P]: the image of each match.</param>
/// <param name="Truths">int64 [P]: the ground truth of each match, counted in its image.</param>
/// <param name="DefaultBoxes">int64 [P]: the default box of each match.</param>
/// <param name="Positive">bool [N, A]: true for a default box with at least one match.</param>
public sealed record Matches(torch.Tensor Images, torch.Tensor Truths, torch.Tensor DefaultBoxes, torch.Tensor Positive)
{
    /// <summary>Number of matches, P.</summary>
    public long Count => Images.shape[0];

    /// <summary>The matches of one image, to look at.</summary>
    /// <param name="image">Its number in the batch, from 0.</param>
    /// <returns>Ground truth by ground truth, each with its default boxes in order.</returns>
    public IReadOnlyList<Match> InImage(int image)
    {
        if (Count == 0)
        {
            return [];
        }
        long[] images = Numbers(Images), truths = Numbers(Truths), boxes = Numbers(DefaultBoxes);
        return [.. Enumerable.Range(0, images.Length)
            .Where(i => images[i] == image)
            .Select(i => new Match((int)truths[i], (int)boxes[i]))];
    }

    private static long[] Numbers(torch.Tensor values)
    {
        using var onCpu = values.cpu().contiguous();
        return onCpu.data<long>().ToArray();
    }
}

/// <summary>A default box that answers for a ground truth, in one image.</summary>
/// <param name="Truth">The ground truth, counted in its image from 0.</param>
/// <param name="DefaultBox">The default box, by its place in the order of the network's outputs.</param>
public readonly record struct Match(int Truth, int DefaultBox);
