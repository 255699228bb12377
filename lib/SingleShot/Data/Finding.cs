using SingleShot.Boxes;

namespace SingleShot.Data;

/// <summary>Something that is wrong, or worth a look, in a data set.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">One line: the file, the record, what is there, and what became of it.</param>
public sealed record Finding(FindingKind Kind, string Text)
{
    /// <summary>Id of the image that it is about, as <see cref="Sample.Id"/>; null where it is about no one image.</summary>
    public string? ImageId { get; init; }

    /// <summary>The box as somebody wrote it, in this library's corners and before any clipping; null where it is about no box.</summary>
    public BoundingBox? Box { get; init; }

    /// <summary>The line.</summary>
    public override string ToString() => Text;
}
