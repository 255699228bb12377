namespace SingleShot.Weights.Pickle;

/// <summary>What a name stands for that nothing here knows, and what calling it gives: a place that is taken, and the name.</summary>
/// <remarks>
/// Nothing is looked up, built or called. What is appended to it or set in it is dropped; its attributes are kept for those who know what
/// objects of that name hold. It costs a few bytes, however long the name: it holds the pickle's own texts.
/// </remarks>
/// <param name="module">The module, for instance <c>argparse</c>.</param>
/// <param name="name">The name there, for instance <c>Namespace</c>.</param>
internal sealed class PickledObject(string module, string name)
{
    private const int MaxShown = 100;

    /// <summary>The module.</summary>
    public string Module { get; } = module;

    /// <summary>The attributes that it was given; null where it was given none.</summary>
    public object? Attributes { get; set; }

    /// <summary>Another object of the same name, without attributes.</summary>
    public PickledObject Call() => new(Module, name);

    /// <summary>Its module and name with a dot between, cut short where somebody made them long.</summary>
    public override string ToString() => $"{Shown(Module)}.{Shown(name)}";

    /// <summary>A name, cut short.</summary>
    public static string Shown(string name) => name.Length <= MaxShown ? name : name[..MaxShown] + "...";
}
