using System.Reflection;
using System.Runtime.CompilerServices;

namespace SingleShot.Runtime;

/// <summary>Keeps .NET Interactive from warning, below each cell that makes a tensor, that its .NET is newer than the one that TorchSharp was built for (CS1701).</summary>
/// <remarks>
/// The SDK leaves that warning out of every build, and the workbook's kernel does so, too. No directive in a cell can, for the warning has no place in the code. The
/// kernel's warning level is in a field of its own, found by name in the releases that this is made for; another kernel is left as it is.
/// </remarks>
internal static class FrameworkWarnings
{
    private const int BelowThatOfTheWarning = 1;

#pragma warning disable CA2255 // No cell should have to ask for it. It runs within the first cell that uses this library, and holds from the next one on.
    [ModuleInitializer]
    internal static void Drop()
#pragma warning restore CA2255
    {
        var context = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == "Microsoft.DotNet.Interactive")
            ?.GetType("Microsoft.DotNet.Interactive.KernelInvocationContext")?.GetProperty("Current")?.GetValue(null);
        var kernel = context?.GetType().GetProperty("HandlingKernel")?.GetValue(context);
        var field = kernel?.GetType().GetField("_scriptOptions", BindingFlags.Instance | BindingFlags.NonPublic);
        var options = field?.GetValue(kernel);
        if (options?.GetType().GetMethod("WithWarningLevel", [typeof(int)])?.Invoke(options, [BelowThatOfTheWarning]) is { } quiet)
        {
            field!.SetValue(kernel, quiet);
        }
    }
}
