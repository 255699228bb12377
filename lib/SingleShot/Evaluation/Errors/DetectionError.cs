namespace SingleShot.Evaluation.Errors;

/// <summary>What is wrong with a detection, or that there is none.</summary>
/// <remarks>
/// The kinds are those of TIDE (arXiv 2008.08115, section 2). An overlap is good from .5, and none below .1; the first kind that fits
/// is taken, in the order Duplicate, Class, Place, Both, Background.
/// </remarks>
public enum DetectionError
{
    /// <summary>It overlaps an object of another class well.</summary>
    Class,

    /// <summary>It overlaps an object of its class, but not well.</summary>
    Place,

    /// <summary>It overlaps an object of another class, and not well.</summary>
    Both,

    /// <summary>It overlaps an object of its class well, but a detection with a higher score has found that object already.</summary>
    Duplicate,

    /// <summary>It overlaps no object.</summary>
    Background,

    /// <summary>An object that no detection has found, and that none missed by class or place alone.</summary>
    Missed,
}
