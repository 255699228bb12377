using System.Runtime.Intrinsics.X86;
using SingleShot.Runtime.Native;

namespace SingleShot.Runtime.Convolutions;

/// <summary>Whether convolutions on the CPU are right on this machine, and what was done so that they are.</summary>
/// <param name="AreRight">Whether they are, after what was done.</param>
/// <param name="Words">For the line that describes the run-time.</param>
internal sealed record ConvolutionCheck(bool AreRight, string Words)
{
    /// <summary>The environment variable that forces the verdict: <c>right</c>, <c>wrong</c> or <c>check</c>.</summary>
    public const string Switch = "SINGLESHOT_CONVOLUTIONS";

    // Each lesson of a run loads this library anew, over the one libtorch of the process: what the first has found and mended holds for all.
    private const string OfThisProcess = "SingleShot.Convolutions";

    private const string Ways = "Nothing that a network computes on this CPU can be believed: set LIBTORCH to the lib folder of another PyTorch, or use another machine.";

    /// <summary>Checks the convolutions once, after libtorch was loaded and before anything else convolves, and mends what it can.</summary>
    /// <remarks>
    /// There are two remedies. The first costs nothing: oneDNN is told that it does not know the processor's caches
    /// (<see cref="OneDnnCaches"/>). The second is to turn oneDNN off, so that libtorch convolves by its own code, several times slower. After each
    /// the panel is asked again. The switch forces a verdict: <c>right</c> looks at nothing, <c>wrong</c> turns oneDNN off whatever the panel
    /// says; <c>check</c> looks even where the verdict is known.
    /// </remarks>
    /// <param name="libraries">The libtorch that is loaded.</param>
    public static ConvolutionCheck Run(NativeLibraries libraries)
    {
        if (AppContext.GetData(OfThisProcess) is (bool right, string words))
        {
            return new(right, words);
        }
        var check = Environment.GetEnvironmentVariable(Switch) switch
        {
            null or "" => Look(libraries, anew: !X86Base.IsSupported), // other processors do not say which they are
            "check" => Look(libraries, anew: true),
            "right" => new(true, $"convolutions not checked ({Switch} says that they are right)"),
            "wrong" => TurnOff(libraries, $"convolutions are wrong ({Switch} says so)", ""),
            var other => Look(libraries, anew: true).With($" ({Switch} is '{other}', which is none of right, wrong and check)"),
        };
        AppContext.SetData(OfThisProcess, (check.AreRight, check.Words));
        return check;
    }

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
            return Mend(libraries, $"convolutions were wrong here ({Summary(wrong)})");
        }
        if (!anew)
        {
            KnownRight.Keep(key);
        }
        return right;
    }

    private static ConvolutionCheck Mend(NativeLibraries libraries, string found)
    {
        var caches = OneDnnCaches.Find(libraries.TorchPath, out var missing);
        return caches is not null && caches.GuessInstead() && ConvolutionPanel.FindWrong(libraries.Switches).Count == 0
            ? new(true, $"{found}, because this processor hides its cache sizes; oneDNN now guesses them, and the convolutions are right")
            : TurnOff(libraries, found, missing);
    }

    private static ConvolutionCheck TurnOff(NativeLibraries libraries, string found, string missing)
    {
        var lacks = libraries.Switches.UsePlainConvolutions();
        var reason = missing.Length > 0 ? $" ({missing})" : "";
        if (lacks.Length > 0)
        {
            return new(false, $"{found}, AND STAY SO{reason}: this libtorch has no {string.Join(" and no ", lacks)} to turn oneDNN off by. {Ways}");
        }
        return ConvolutionPanel.FindWrong(libraries.Switches) is { Count: > 0 } still
            ? new(false, $"{found}, AND STAY SO with oneDNN off ({Summary(still)}). {Ways}")
            : new(true, $"{found}; oneDNN is off, and the convolutions are right, but several times slower{reason}");
    }

    private static string Summary(IReadOnlyList<string> wrong) =>
        wrong.Count == 1 ? wrong[0] : $"{wrong.Count} of {ConvolutionPanel.Results} results; {wrong[0]}";
}
