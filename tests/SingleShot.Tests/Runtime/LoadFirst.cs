using System.Runtime.CompilerServices;
using SingleShot.Runtime;

namespace SingleShot.Tests.Runtime;

/// <summary>
/// Loads libtorch before any test: another libtorch in the system's own folders (Debian's python3-torch) is otherwise found first.
/// </summary>
internal static class LoadFirst
{
    [ModuleInitializer]
    internal static void Load() => TorchRuntime.Describe();
}
