using System.Runtime.CompilerServices;
using SingleShot.Runtime;

namespace Browser.Tests;

/// <summary>Loads libtorch before any test: another libtorch in the system's own folders is otherwise found first.</summary>
internal static class LoadFirst
{
    [ModuleInitializer]
    internal static void Load() => TorchRuntime.Describe();
}
