namespace SingleShot.Losses;

/// <summary>A default box that answers for a ground truth, in one image.</summary>
/// <param name="Truth">The ground truth, counted in its image from 0.</param>
/// <param name="DefaultBox">The default box, by its place in the order of the network's outputs.</param>
public readonly record struct Match(int Truth, int DefaultBox);
