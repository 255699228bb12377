namespace SingleShot.Figures;

/// <summary>A bar of a chart.</summary>
/// <param name="Name">What stands beside it.</param>
/// <param name="Value">Its length.</param>
public sealed record Bar(string Name, double Value);
