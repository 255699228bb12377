namespace SingleShot.Evaluation;

/// <summary>What a detection counts as at one overlap and in one area range.</summary>
internal enum CocoVerdict : byte
{
    /// <summary>A false positive.</summary>
    Wrong,

    /// <summary>A true positive.</summary>
    Right,

    /// <summary>Neither: on a crowd, or on nothing or something outside the area range.</summary>
    Ignored,
}
