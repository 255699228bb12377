namespace SingleShot.Data.Augmentation;

/// <summary>A random change to a training image that keeps its boxes true (section 3.6 of the paper).</summary>
public interface IAugmentation
{
    /// <summary>Changes a picture and its boxes alike.</summary>
    /// <param name="example">What to change; it stays as it is.</param>
    /// <param name="random">The only source of chance: the same state gives the same result.</param>
    /// <returns>A picture whose boxes lie within it and are never degenerate.</returns>
    Example Apply(Example example, Random random);
}
