#:project ../lib/SingleShot/SingleShot.csproj

using SingleShot.Data.Download;

// dotnet run data/download.cs -- NAME...
var chosen = KnownDataSet.All.Where(dataSet => args.Contains(dataSet.Name)).ToArray();
if (chosen.Length == 0 || chosen.Length < args.Distinct().Count())
{
    Console.WriteLine("dotnet run data/download.cs -- NAME...");
    Console.WriteLine("brings data sets into data/, goes on where an earlier attempt ended, and checks what came. It knows:");
    foreach (var dataSet in KnownDataSet.All)
    {
        Console.WriteLine($"  {dataSet.Name,-12} {dataSet.Parts.Sum(part => part.File.Bytes) / 1e9,5:0.0} GB  {dataSet.Summary}");
    }
    return 2;
}
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
// The folder of this file, wherever it is run from.
var folder = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFilePath")!)!;
try
{
    foreach (var dataSet in chosen)
    {
        await DataSetDownload.RunAsync(dataSet, folder, Console.Out, stop: stop.Token);
    }
    return 0;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped. What has come is kept; the next run goes on from there.");
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
}
return 1;
