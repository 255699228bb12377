using System.CommandLine;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Workbook.Execution.Running;
using Workbook.Kernel;
using Workbook.Messaging;

namespace Workbook.Commands;

/// <summary>The command <c>kernel</c>, which notebook clients start.</summary>
internal static class KernelCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter error)
    {
        var file = new Argument<string>("connection-file") { Description = "The file in which the client says where it expects the kernel." };
        var leaveAfter = new Option<double?>("--leave-after")
        {
            Description = "Seconds that a cell has to end in once it is made to stop; then it is left running.",
            Hidden = true, // for tests, on machines of any speed
        };
        var command = new Command("kernel", "Serves a notebook client; clients start it by themselves.") { file, leaveAfter };
        command.SetAction(async parsed =>
        {
            try
            {
                var timeouts = parsed.GetValue(leaveAfter) is { } seconds
                    ? StopTimeouts.Interactive with { BeforeLeaving = TimeSpan.FromSeconds(seconds) }
                    : StopTimeouts.Interactive;
                return await ServeAsync(ConnectionFile.Read(parsed.GetValue(file)!), timeouts, error).ConfigureAwait(false);
            }
            catch (ConnectionFileException e)
            {
                await error.WriteLineAsync(e.Message).ConfigureAwait(false);
                return ExitCodes.Usage;
            }
        });
        return command;
    }

    private static async Task<int> ServeAsync(ConnectionFile connection, StopTimeouts timeouts, TextWriter log)
    {
        var kernel = new NotebookKernel(connection, Directory.GetCurrentDirectory(), timeouts, log);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            kernel.Interrupt();
        });
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            kernel.Stop();
        });
        // A thread that a cell started must not take the kernel with it.
        ExceptionHandling.SetUnhandledExceptionHandler(e =>
        {
            Console.Error.WriteLine($"A thread ended by an exception: {e}");
            return true;
        });
        void Ended(object? sender, EventArgs e)
        {
            kernel.ReportEnd("The cell ended the kernel's process. Restart the kernel to go on; its variables are gone.");
            kernel.Dispose();
        }
        AppDomain.CurrentDomain.ProcessExit += Ended;
        ParentWatch.Begin(kernel.Stop);
        await kernel.RunAsync().ConfigureAwait(false);
        AppDomain.CurrentDomain.ProcessExit -= Ended;
        kernel.Dispose();
        ImmediateExit.With(ExitCodes.Done);
        return ExitCodes.Done;
    }
}
