using SingleShot.Runtime.Native;

namespace SingleShot.Runtime.Convolutions;

/// <summary>Whether convolutions are right on this machine, and what was done so that they are.</summary>
/// <param name="AreRight">Whether they are, after what was done.</param>
/// <param name="Words">For the line that describes the run-time.</param>
internal sealed record ConvolutionCheck(bool AreRight, string Words)
{
    /// <summary>Name of the switch in the environment: <c>right</c>, <c>wrong</c> or <c>check</c>.</summary>
    public const string Switch = "SINGLESHOT_CONVOLUTIONS";

    private const string Ways = "Nothing that a network computes here can be believed: set LIBTORCH to the lib folder of another PyTorch, or use another machine.";

    /// <summary>Looks, once after libtorch was loaded and before anybody convolves, and mends what it can.</summary>
    /// <remarks>
    /// The remedies in turn: oneDNN is told that it does not know the processor's caches, which costs nothing
    /// (<see cref="OneDnnCaches"/>); libtorch's own convolutions, which are several times slower. After each the panel is asked again.
    /// The switch forces a verdict: <c>right</c> looks at nothing, <c>wrong</c> takes the remedies whatever the panel says;
    /// <c>check</c> looks even where the verdict is known.
    /// </remarks>
    /// <param name="libraries">The libtorch that is loaded.</param>
    public static ConvolutionCheck Run(NativeLibraries libraries) => Environment.GetEnvironmentVariable(Switch) switch
    {
        null or "" => Look(libraries, anew: false),
        "check" => Look(libraries, anew: true),
        "right" => new(true, $"convolutions not checked ({Switch} says that they are right)"),
        "wrong" => Mend(libraries, [$"{Switch} says so"]),
        var other => Look(libraries, anew: true).With($" ({Switch} is '{other}', which is none of right, wrong and check)"),
    };

    private ConvolutionCheck With(string more) => this with { Words = Words + more };

    private static ConvolutionCheck Look(NativeLibraries libraries, bool anew)
    {
        var key = KnownRight.Key(libraries.TorchPath);
        var right = new ConvolutionCheck(true, "convolutions right");
        if (!anew && KnownRight.Has(key))
        {
            return right;
        }
        var wrong = ConvolutionPanel.FindWrong(libraries.Switches);
        if (wrong.Count > 0)
        {
            return Mend(libraries, wrong);
        }
        if (!anew)
        {
            KnownRight.Keep(key);
        }
        return right;
    }

    private static ConvolutionCheck Mend(NativeLibraries libraries, IReadOnlyList<string> wrong)
    {
        var found = $"convolutions were wrong here ({Summary(wrong)})";
        var caches = OneDnnCaches.Find(libraries.TorchPath, out var missing);
        if (caches is not null && caches.GuessInstead() && ConvolutionPanel.FindWrong(libraries.Switches).Count == 0)
        {
            return new(true, $"{found}, for this processor hides its cache sizes from oneDNN; it now guesses them, and they are right");
        }
        var lacks = libraries.Switches.UsePlainConvolutions();
        if (lacks.Length > 0)
        {
            return new(false, $"{found}, AND STAY SO: {missing} This libtorch has no {string.Join(" and no ", lacks)} to turn oneDNN off by. {Ways}");
        }
        return ConvolutionPanel.FindWrong(libraries.Switches) is { Count: > 0 } still
            ? new(false, $"{found}, AND STAY SO with oneDNN off ({Summary(still)}). {Ways}")
            : new(true, $"{found}; oneDNN is off, and they are right, but several times slower{(missing.Length > 0 ? $" ({missing})" : "")}");
    }

    private static string Summary(IReadOnlyList<string> wrong) =>
        wrong.Count == 1 ? wrong[0] : $"{wrong.Count} of {ConvolutionPanel.Results} results; {wrong[0]}";
}
