namespace SingleShot.Evaluation;

/// <summary>How often a kind of error was made, and what it costs.</summary>
/// <param name="Error">The kind.</param>
/// <param name="Count">How many detections, or missed objects, are of it.</param>
/// <param name="Cost">By how much AP50 would be higher without them, 0 to 1. Costs do not add up: errors hide each other.</param>
public sealed record ErrorCost(DetectionError Error, int Count, double Cost);
