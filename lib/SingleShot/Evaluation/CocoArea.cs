namespace SingleShot.Evaluation;

/// <summary>COCO's ranges of an object's area; <see cref="CocoProtocol.Range"/> gives the square pixels.</summary>
public enum CocoArea
{
    /// <summary>Every object: up to 10^10 square pixels.</summary>
    All,

    /// <summary>Up to 32 x 32 pixels.</summary>
    Small,

    /// <summary>From 32 x 32 to 96 x 96 pixels.</summary>
    Medium,

    /// <summary>From 96 x 96 pixels up.</summary>
    Large,
}
