namespace SingleShot.Networks;

/// <summary>Where the first number that is NaN or infinite was found.</summary>
public enum NotFinitePlace
{
    /// <summary>Nowhere: all is finite.</summary>
    Nowhere,

    /// <summary>In a parameter, before anything ran.</summary>
    Parameter,

    /// <summary>In a buffer, such as a running variance, before anything ran.</summary>
    Buffer,

    /// <summary>In the input.</summary>
    Input,

    /// <summary>In what a layer gives.</summary>
    Layer,
}
