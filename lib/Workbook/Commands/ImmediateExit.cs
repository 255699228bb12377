using System.Runtime.InteropServices;

namespace Workbook.Commands;

/// <summary>Ends the process at once.</summary>
/// <remarks>
/// A cell that was canceled goes on in the background, perhaps in the middle of native code. An orderly exit would take that code's
/// libraries apart while it runs, and the process would crash instead of answering with its exit code.
/// </remarks>
internal static class ImmediateExit
{
    private const nint ThisProcess = -1;

    /// <summary>Ends the process with an exit code; what it has written to files and to the console is there.</summary>
    public static void With(int code)
    {
        Console.Out.Flush();
        Console.Error.Flush();
        if (OperatingSystem.IsWindows())
        {
            _ = TerminateProcess(ThisProcess, (uint)code);
        }
        else
        {
            ExitOnUnix(code);
        }
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ExitOnUnix(int code);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool TerminateProcess(nint process, uint code);
}
