using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Tests;

/// <summary>One thread of computing for each test, here and in the processes that tests start.</summary>
/// <remarks>Tests run side by side, and threads that wait for each other's processor take ten times as long. Sums are in the same order in every run, too.</remarks>
internal static class OneThread
{
    private const string Variable = "OMP_NUM_THREADS"; // libgomp reads it once, when libtorch is loaded

    [ModuleInitializer]
    internal static void Choose()
    {
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows())
        {
            _ = SetVariable(Encoding.UTF8.GetBytes($"{Variable}\0"), "1\0"u8.ToArray(), overwrite: 1); // .NET tells the processes to come, not the C library of this one
        }
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetVariable(byte[] name, byte[] value, int overwrite);
}
