using System.Globalization;
using System.Reflection;

namespace SingleShot.Figures;

/// <summary>What figures ask of .NET Interactive, where a cell of its C# kernel runs. It is found by name: this library refers to no notebook kernel.</summary>
internal static class InteractiveKernel
{
    private const string Assembly = ", Microsoft.DotNet.Interactive";

    // The running cell's; null elsewhere.
    private static object? Context => Type.GetType("Microsoft.DotNet.Interactive.KernelInvocationContext" + Assembly)?.GetProperty("Current")?.GetValue(null);

    /// <summary>Shows a value below the cell.</summary>
    /// <remarks>
    /// The kernel's own <c>display()</c> gives back another handle than the one that it shows, so that an update of it stands below as a second output. This function, which
    /// that one is made of, gives back the one that it shows.
    /// </remarks>
    /// <returns>What has <c>Update(object)</c>; null where no cell of this kernel runs.</returns>
    public static object? Display(object value) => Context is { } context
        ? Type.GetType("Microsoft.DotNet.Interactive.KernelInvocationContextExtensions" + Assembly)?.GetMethod("Display", [context.GetType(), typeof(object), typeof(string[])])
            ?.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [context, value, Array.Empty<string>()], CultureInfo.InvariantCulture)
        : null;
}
