namespace SingleShot.Weights;

/// <summary>How to load weights, where the usual way will not do: every tensor there, of its shape, and of finite numbers.</summary>
public sealed record WeightLoading
{
    /// <summary>The names in the file; those that fit best when left out.</summary>
    public NamingScheme? Naming { get; init; }

    /// <summary>
    /// What stands before every name, for instance <c>ema.</c>; whatever it is when left out. Needed where the file has several sets of weights.
    /// </summary>
    public string? Prefix { get; init; }

    /// <summary>Load what fits though tensors are missing, extra or of another shape, as when the classes are others.</summary>
    public bool Partial { get; init; }

    /// <summary>Load weights that are NaN or infinite.</summary>
    public bool AllowNotFinite { get; init; }
}
