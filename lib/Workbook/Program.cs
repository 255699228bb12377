using Workbook.Commands;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first lets the run write what it has; the second ends the process.
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
var code = await CommandLine.RunAsync(args, Console.Out, Console.Error, !Console.IsOutputRedirected, stop.Token).ConfigureAwait(false);
if (stop.IsCancellationRequested)
{
    ImmediateExit.With(code);
}
return code;
