using System.Runtime.InteropServices;
using SingleShot.Cli;
using SingleShot.Distributed;

// mpirun gives rank 0 a terminal of its own, even where what it writes goes into a file; .NET would begin by setting that terminal's keys.
var isAlone = Launch.Processes == 1;
if (!isAlone)
{
    Environment.SetEnvironmentVariable("TERM", "dumb");
}
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
// Open MPI's mpirun passes this one on, and does not end the processes a second later. Its number is the system's own.
using var save = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create((PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10), Stop);
var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
return await CommandLine.RunAsync(args, Console.Out, Console.Error, isTerminal, stop: stop.Token).ConfigureAwait(false);

void Stop(PosixSignalContext signal)
{
    // The first lets the command keep what it has; the second ends the process.
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
