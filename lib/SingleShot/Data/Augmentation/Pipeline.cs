namespace SingleShot.Data.Augmentation;

/// <summary>Augmentations one after another.</summary>
/// <param name="Steps">What to apply, in this order; none leaves the picture as it is.</param>
public sealed record Pipeline(params IReadOnlyList<IAugmentation> Steps) : IAugmentation
{
    /// <summary>Nothing: for evaluation, and to see what augmentation is worth.</summary>
    public static Pipeline None { get; } = new();

    /// <summary>A little of each kind, for small pictures and short trainings: colors, crops that keep most of it, flips.</summary>
    public static Pipeline Light { get; } = new(
        new PhotometricDistortion(), new IouCrop { MinOverlaps = [IouCrop.Whole, 0.7, 0.9], MinScale = 0.7 }, new HorizontalFlip());

    /// <summary>The paper's, in the order of its authors' code: colors, expansion, crops by overlap, flips.</summary>
    public static Pipeline Paper { get; } = new(new PhotometricDistortion(), new Expand(), new IouCrop(), new HorizontalFlip());

    /// <inheritdoc/>
    public Example Apply(Example example, Random random)
    {
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(random);
        return Steps.Aggregate(example, (current, step) => step.Apply(current, random));
    }
}

/// <summary>A random change to a training image that keeps its boxes true (section 3.6 of the paper).</summary>
public interface IAugmentation
{
    /// <summary>Changes a picture and its boxes alike.</summary>
    /// <param name="example">What to change; it stays as it is.</param>
    /// <param name="random">The only source of chance: the same state gives the same result.</param>
    /// <returns>A picture whose boxes lie within it and are never degenerate.</returns>
    Example Apply(Example example, Random random);
}
