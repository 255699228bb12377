using System.Runtime.InteropServices;

namespace SingleShot.Runtime.Native;

/// <summary>Has libtorch's threads sleep while they wait for each other, and not burn the processor that another thread needs.</summary>
/// <remarks>
/// libgomp's threads spin at the end of each parallel part. Where other threads work too, those that prepare the next batch for instance, they
/// take the processor from the very thread that they wait for: on two cores a small SSD trains a fifth faster without. The environment variable
/// is libgomp's own; where it is set, it is left alone.
/// </remarks>
internal static partial class ThreadWaiting
{
    private const string WaitPolicy = "OMP_WAIT_POLICY";

    /// <summary>Tells libgomp, which reads its environment once, when it is loaded.</summary>
    public static void Sleep()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        try
        {
            _ = SetVariable(WaitPolicy, "passive", overwrite: 0); // .NET's own variables are a copy, which native code does not see
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library: its threads wait as they do.
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
