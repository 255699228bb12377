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
    public static object? Display(object value) =>
        Context is { } context && Type.GetType("Microsoft.DotNet.Interactive.KernelInvocationContextExtensions" + Assembly) is { } extensions
            ? Call(extensions.GetMethod("Display", [context.GetType(), typeof(object), typeof(string[])]), null, context, value, Array.Empty<string>())
            : null;

    /// <summary>Keeps the kernel from warning in red, below each later cell that makes a tensor, that its .NET is newer than the one that TorchSharp was built for (CS1701).</summary>
    /// <remarks>No directive in a cell can: the warning has no place in the code. The level is in a field of the kernel's, in the releases that this is made for; another is left as it is.</remarks>
    public static void DropWarningsOfNewerFramework()
    {
        var kernel = Context is { } context ? context.GetType().GetProperty("HandlingKernel")?.GetValue(context) : null;
        if (kernel?.GetType().GetField("_scriptOptions", BindingFlags.Instance | BindingFlags.NonPublic) is { } field && field.GetValue(kernel) is { } options)
        {
            field.SetValue(kernel, Call(options.GetType().GetMethod("WithWarningLevel", [typeof(int)]), options, 1) ?? options);
        }
    }

    private static object? Call(MethodInfo? method, object? target, params object?[] arguments) =>
        method?.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, CultureInfo.InvariantCulture);
}
