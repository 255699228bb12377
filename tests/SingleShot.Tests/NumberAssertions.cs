using AwesomeAssertions.Collections;

namespace SingleShot.Tests;

internal static class NumberAssertions
{
    /// <summary>Asserts that two lists of numbers are of one length and agree within a bound.</summary>
    public static void BeApproximately(this GenericCollectionAssertions<double> assertions, double[] expected, double within = 1e-9) =>
        assertions.Equal(expected, (left, right) => Math.Abs(left - right) <= within);
}
