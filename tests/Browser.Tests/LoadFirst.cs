using System.Runtime.CompilerServices;
using SingleShot.Runtime;
using TorchSharp;

namespace Browser.Tests;

/// <summary>Loads libtorch before any test: another libtorch in the system's own folders is otherwise found first.</summary>
internal static class LoadFirst
{
    [ModuleInitializer]
    internal static void Load()
    {
        TorchRuntime.Describe();
        torch.set_num_threads(1); // OneThread may come after this
    }
}
