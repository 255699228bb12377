using System.Runtime.CompilerServices;
using SingleShot.Runtime;
using TorchSharp;

namespace SingleShot.Tests.Runtime;

/// <summary>
/// Loads libtorch before any test: another libtorch in the system's own folders (Debian's python3-torch) is otherwise found first.
/// </summary>
internal static class LoadFirst
{
    [ModuleInitializer]
    internal static void Load()
    {
        TorchRuntime.Describe();
        torch.set_num_threads(1); // tests run side by side, and threads that wait for each other's processor take ten times as long
    }
}
