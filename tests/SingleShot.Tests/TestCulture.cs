using System.Globalization;
using System.Runtime.CompilerServices;

namespace SingleShot.Tests;

/// <summary>
/// Runs all tests in the culture that SINGLESHOT_TEST_CULTURE names, such as de-DE, where numbers are written with commas: what the library
/// says has to be the same in any.
/// </summary>
internal static class TestCulture
{
    [ModuleInitializer]
    internal static void Set()
    {
        if (Environment.GetEnvironmentVariable("SINGLESHOT_TEST_CULTURE") is { Length: > 0 } name)
        {
            CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo(name);
        }
    }
}
