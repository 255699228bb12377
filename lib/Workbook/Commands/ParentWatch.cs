using System.Diagnostics;
using System.Globalization;

namespace Workbook.Commands;

/// <summary>Notices that the client which started this process is gone: nobody could ever talk to the kernel again.</summary>
internal static class ParentWatch
{
    /// <summary>Calls back when the process that the environment names as the parent ends; never where it names none.</summary>
    /// <param name="ended">What to do then.</param>
    public static void Begin(Action ended)
    {
        if (!OperatingSystem.IsWindows()
            && int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), CultureInfo.InvariantCulture, out var id) && id > 1)
        {
            _ = WaitAsync(id, ended);
        }
    }

    private static async Task WaitAsync(int id, Action ended)
    {
        try
        {
            using var parent = Process.GetProcessById(id);
            await parent.WaitForExitAsync().ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // It was gone before we looked.
        }
        ended();
    }
}
