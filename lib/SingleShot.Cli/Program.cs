using System.Runtime.InteropServices;
using SingleShot.Cli;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await CommandLine.RunAsync(args, Console.Out, Console.Error, !Console.IsOutputRedirected, stop: stop.Token).ConfigureAwait(false);

void Stop(PosixSignalContext signal)
{
    // The first lets the command keep what it has; the second ends the process.
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
