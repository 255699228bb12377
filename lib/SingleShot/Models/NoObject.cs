namespace SingleShot.Models;

/// <summary>The two ways for scores to say that a default box holds no object.</summary>
public enum NoObject
{
    /// <summary>A class of its own, score 0 before those of the classes, in one softmax with them (the paper, torchvision).</summary>
    BackgroundClass,

    /// <summary>No such class: where nothing is, a term of the loss presses the highest confidence down until none stands out.</summary>
    LowConfidence,
}
