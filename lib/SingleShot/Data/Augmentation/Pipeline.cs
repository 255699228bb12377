namespace SingleShot.Data.Augmentation;

/// <summary>Augmentations one after another.</summary>
/// <param name="Steps">What to apply, in this order; none leaves the picture as it is.</param>
public sealed record Pipeline(params IReadOnlyList<IAugmentation> Steps) : IAugmentation
{
    /// <summary>Nothing: for evaluation, and to see what augmentation is worth.</summary>
    public static Pipeline None { get; } = new();

    /// <summary>A little of each kind, for small pictures and short trainings: colours, crops that keep most of it, flips.</summary>
    public static Pipeline Light { get; } = new(
        new PhotometricDistortion(), new IouCrop { MinOverlaps = [IouCrop.Whole, 0.7, 0.9], MinScale = 0.7 }, new HorizontalFlip());

    /// <summary>The paper's, in the order of its authors' code: colours, expansion, crops by overlap, flips.</summary>
    public static Pipeline Paper { get; } = new(new PhotometricDistortion(), new Expand(), new IouCrop(), new HorizontalFlip());

    /// <inheritdoc/>
    public Example Apply(Example example, Random random)
    {
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(random);
        return Steps.Aggregate(example, (current, step) => step.Apply(current, random));
    }
}
