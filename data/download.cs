#:project ../lib/SingleShot.Download/SingleShot.Download.csproj

using SingleShot.Download;

// dotnet run data/download.cs -- NAME...
var chosen = KnownDownload.All.Where(known => args.Contains(known.Name)).ToArray();
if (chosen.Length == 0 || chosen.Length < args.Distinct().Count())
{
    Console.WriteLine("dotnet run data/download.cs -- NAME...");
    Console.WriteLine("brings data sets and weights into data/, goes on where an earlier attempt ended, and checks what came. It knows:");
    foreach (var known in KnownDownload.All)
    {
        var size = known.Parts.All(part => part.File.Bytes > 0) ? $"{known.Parts.Sum(part => part.File.Bytes) / 1e9,5:0.0} GB" : "";
        Console.WriteLine($"  {known.Name,-12} {size,8}  {known.Summary}");
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
    foreach (var download in chosen)
    {
        await Downloader.RunAsync(download, folder, Console.Out, stop: stop.Token);
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
