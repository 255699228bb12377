using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SingleShot.Data.Shapes;
using SingleShot.Distributed;
using SingleShot.Distributed.Communication;
using SingleShot.Ranks;
using TorchSharp;

var jobs = JsonSerializer.Deserialize<Job[]>(args[0])!;
try
{
    await Launch.RunAsync(
        async processes =>
        {
            foreach (var job in jobs)
            {
                WriteWhole(Path.Combine(job.Output, $"{processes.Rank}.pid"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                try
                {
                    await RunAsync(processes, job);
                }
                catch (Exception e)
                {
                    WriteWhole(Path.Combine(job.Output, $"{processes.Rank}.end"), e.Message);
                    if (!job.OthersFollow)
                    {
                        throw;
                    }
                }
            }
        },
        TimeSpan.FromSeconds(jobs.Min(job => job.Patience)));
}
catch (Exception e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
return 0;

static async Task RunAsync(ICommunicator processes, Job job)
{
    var data = ShapesGenerator.Write(job.Data, Job.Pictures, seed: 5, size: Job.InputSize);
    torch.set_num_threads(1); // for the processes of a test share two cores; after the library has loaded libtorch
    switch (job.Work)
    {
        case Work.Train:
            await Training.RunAsync(processes, job, data);
            break;
        case Work.Order:
            Sharing.WriteOrder(processes, job, data);
            break;
        case Work.FailBesideAWait:
            Failing.BesideAWait(processes);
            break;
        case Work.Detect:
            Sharing.Detect(processes, job, data);
            break;
        default:
            throw new UnreachableException();
    }
}

// A test that waits for the file never sees half of it.
static void WriteWhole(string path, string text)
{
    File.WriteAllText($"{path}.partial", text);
    File.Move($"{path}.partial", path, overwrite: true);
}
