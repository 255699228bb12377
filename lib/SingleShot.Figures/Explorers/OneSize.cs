using SingleShot.Images;

namespace SingleShot.Figures.Explorers;

/// <summary>Pictures that a figure shows in one place have one size.</summary>
internal static class OneSize
{
    /// <summary>Makes sure of it.</summary>
    /// <exception cref="ArgumentException">There is no picture, or one of another size than the first.</exception>
    public static void Require(IReadOnlyList<RgbImage> images, string parameter)
    {
        if (images.Count == 0)
        {
            throw new ArgumentException("At least one picture is needed.", parameter);
        }
        var first = images[0];
        if (images.Index().FirstOrDefault(image => (image.Item.Width, image.Item.Height) != (first.Width, first.Height)) is { Item: not null } other)
        {
            throw new ArgumentException(
                $"Picture {other.Index} is {other.Item.Width} x {other.Item.Height}, the first {first.Width} x {first.Height}: show pictures of another size in a figure of their own.",
                parameter);
        }
    }
}
