using System.Runtime.CompilerServices;
using SingleShot.Runtime;

namespace SingleShot.Tests;

internal static class LoadTorch
{
    /// <summary>A test may make a tensor before it touches the library, which is what sees to it that libtorch loads.</summary>
    [ModuleInitializer]
    public static void BeforeAnyTest() => TorchRuntime.Describe();
}
