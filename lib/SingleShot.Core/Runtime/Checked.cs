using System.Numerics;
using System.Runtime.CompilerServices;

namespace SingleShot.Runtime;

/// <summary>Checks the numbers of settings where they are set, so that no later computation meets one that makes no sense.</summary>
/// <remarks>
/// Each check hands its value back, for initializers and accessors of properties. NaN and infinity are in no range. What is checked goes by
/// its own name, or by its property's where an accessor calls it <c>value</c>. The messages are the same in every culture.
/// </remarks>
internal static class Checked
{
    /// <summary>A number from the least to the most, both allowed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not; the message has the name, the number and the range.</exception>
    public static T Between<T>(
        T value, T least, T most, [CallerArgumentExpression(nameof(value))] string name = "", [CallerMemberName] string property = "")
        where T : INumber<T> =>
        value >= least && value <= most ? value : throw Outside(value, FormattableString.Invariant($"from {least} to {most}"), name, property);

    /// <summary>A finite number from the least on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static T AtLeast<T>(T value, T least, [CallerArgumentExpression(nameof(value))] string name = "", [CallerMemberName] string property = "")
        where T : INumber<T> =>
        T.IsFinite(value) && value >= least ? value : throw Outside(value, FormattableString.Invariant($"at least {least}"), name, property);

    /// <summary>A finite number above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "", [CallerMemberName] string property = "") =>
        double.IsFinite(value) && value > 0 ? value : throw Outside(value, "above 0", name, property);

    /// <summary>A list each of whose items passes a check.</summary>
    /// <param name="values">The items.</param>
    /// <param name="check">The check, given an item and its name, such as <c>Mean[2]</c>.</param>
    /// <param name="count">How many there have to be; any number when left out.</param>
    /// <param name="name">What the list is called.</param>
    /// <param name="property">The property that is set.</param>
    /// <exception cref="ArgumentOutOfRangeException">An item does not pass, or there are more or fewer.</exception>
    public static IReadOnlyList<T> Each<T>(
        IReadOnlyList<T> values, Func<T, string, T> check, int? count = null,
        [CallerArgumentExpression(nameof(values))] string name = "", [CallerMemberName] string property = "")
    {
        name = Name(name, property);
        ArgumentNullException.ThrowIfNull(values, name);
        if (count is { } exactly && values.Count != exactly)
        {
            throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{name} has {values.Count} items; it has to have {exactly}."));
        }
        for (var i = 0; i < values.Count; i++)
        {
            check(values[i], $"{name}[{i}]");
        }
        return values;
    }

    private static ArgumentOutOfRangeException Outside<T>(T value, string range, string name, string property)
    {
        name = Name(name, property);
        return new(name, FormattableString.Invariant($"{name} is {value}; it has to be {range}."));
    }

    private static string Name(string name, string property) => name == "value" ? property : name;
}
