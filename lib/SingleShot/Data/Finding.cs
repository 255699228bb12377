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

/// <summary>What can be wrong with the images and labels of a data set.</summary>
public enum FindingKind
{
    /// <summary>A file or record that cannot be understood: no id, no size, not XML, a picture that does not open.</summary>
    Unreadable,

    /// <summary>An image that is listed and not there.</summary>
    MissingImage,

    /// <summary>A picture of another size than its annotations are for, so that its boxes lie elsewhere.</summary>
    WrongSize,

    /// <summary>The same image, annotation or category a second time, or one object labeled twice.</summary>
    Twice,

    /// <summary>An object of a class that the data set, or the model that it is read for, does not have.</summary>
    UnknownClass,

    /// <summary>A box without width or height.</summary>
    Degenerate,

    /// <summary>A box that lies wholly beyond the edge of its image.</summary>
    Outside,

    /// <summary>A box that reaches beyond the edge by more than a pixel.</summary>
    BeyondEdge,

    /// <summary>A box that reaches beyond the edge by a pixel at most: counted from 0 where the format counts from 1, or the other way round.</summary>
    OffByOne,

    /// <summary>An object a side of which is shorter than two pixels.</summary>
    Sliver,

    /// <summary>An image without objects.</summary>
    Empty,

    /// <summary>A class that no object is of.</summary>
    UnusedClass,

    /// <summary>A picture that its camera says to turn: it matters which way up its boxes are drawn.</summary>
    Turned,

    /// <summary>Something that is written otherwise than its format has it, and was read all the same.</summary>
    Leniency,
}
