using SingleShot.Images;
using SingleShot.Models;
using TorchSharp;

namespace SingleShot.Data.Batches;

/// <summary>Images of one size and their ground truth, as a training step takes them.</summary>
/// <param name="Images">float32 [N, 3, S, S]: RGB, normalized as the network's specification says.</param>
/// <param name="Targets">The objects in each image.</param>
/// <remarks>Owns its tensors: dispose it after the step.</remarks>
public sealed record Batch(torch.Tensor Images, Targets Targets) : IDisposable
{
    /// <summary>Number of images, N.</summary>
    public int Count => (int)Images.shape[0];

    /// <summary>A copy on another device; this one stays as it is.</summary>
    public Batch To(torch.Device device) => new(Images.to(device, copy: true), Targets.To(device));

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        Targets.Dispose();
    }
}

/// <summary>A batch in arrays, before it becomes tensors; the shapes are those of <see cref="Batch"/> and its <see cref="Targets"/>.</summary>
internal sealed record PreparedBatch(float[] Images, double[] Boxes, long[] Labels, bool[] Present, int Count, int Size, int MaxTruths)
{
    /// <summary>Resizes and normalizes the pictures, and pads their objects to the same number.</summary>
    public static PreparedBatch From(IReadOnlyList<Example> examples, SsdSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(specification);
        if (examples.Count == 0)
        {
            throw new ArgumentException("A batch needs at least one picture.", nameof(examples));
        }
        var size = specification.InputSize;
        var plane = 3 * size * size;
        var table = ImageTensor.Normalized<float>(specification.Mean, specification.StandardDeviation);
        var images = GC.AllocateUninitializedArray<float>(checked(examples.Count * plane));
        var objects = new (double[] Corners, int Label)[examples.Count][];
        for (var i = 0; i < examples.Count; i++)
        {
            ImageTensor.Fill<float>(examples[i].Image, size, table, images.AsSpan(i * plane, plane));
            objects[i] = [.. Objects(examples[i], size)];
        }
        var most = objects.Max(list => list.Length);
        var batch = new PreparedBatch(
            images, new double[examples.Count * most * 4], new long[examples.Count * most], new bool[examples.Count * most],
            examples.Count, size, most);
        batch.Place(objects);
        return batch;
    }

    /// <summary>The tensors, in the dispose scope of the calling thread.</summary>
    public Batch ToBatch()
    {
        using var images = torch.frombuffer(Images, torch.float32); // keeps the array alive for its views
        return new Batch(
            images.reshape(Count, 3, Size, Size),
            new Targets(
                torch.tensor(Boxes, [Count, MaxTruths, 4]),
                torch.tensor(Labels, [Count, MaxTruths]),
                torch.tensor(Present, [Count, MaxTruths])));
    }

    /// <summary>Corners as fractions, and labels, of the objects to train on.</summary>
    private static IEnumerable<(double[] Corners, int Label)> Objects(Example example, int size)
    {
        // Pixels of the input in float32, as torchvision has them: matching gets back the very same numbers, and decides ties as it does.
        var (x, y) = ((float)size / example.Image.Width, (float)size / example.Image.Height);
        foreach (var truth in example.Truths.Where(truth => !truth.Crowd))
        {
            var box = truth.Box;
            float[] pixels = [(float)box.Left * x, (float)box.Top * y, (float)box.Right * x, (float)box.Bottom * y];
            // A box too thin for float32 would give log(0) as its offset, and a loss that is not a number.
            if (pixels[2] > pixels[0] && pixels[3] > pixels[1])
            {
                yield return ([.. pixels.Select(pixel => (double)pixel / size)], truth.Label);
            }
        }
    }

    private void Place((double[] Corners, int Label)[][] objects)
    {
        for (var i = 0; i < objects.Length; i++)
        {
            for (var j = 0; j < objects[i].Length; j++)
            {
                var at = i * MaxTruths + j;
                objects[i][j].Corners.CopyTo(Boxes, at * 4);
                (Labels[at], Present[at]) = (objects[i][j].Label, true);
            }
        }
    }
}
