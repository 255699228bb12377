using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SingleShot.Data.Shapes;
using SingleShot.Distributed;
using SingleShot.Ranks;
using TorchSharp;

var job = JsonSerializer.Deserialize<Job>(args[0])!;
try
{
    await Launch.RunAsync(
        async processes =>
        {
            File.WriteAllText(Path.Combine(job.Output, $"{processes.Rank}.pid"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            var data = ShapesGenerator.Write(job.Data, Job.Pictures, seed: 5, size: Job.InputSize);
            torch.set_num_threads(1); // for the processes of a test share two cores
            switch (job.Work)
            {
                case Work.Train:
                    await Training.RunAsync(processes, job, data);
                    break;
                case Work.Order:
                    Sharing.WriteOrder(processes, job, data);
                    break;
                case Work.Detect:
                    Sharing.Detect(processes, job, data);
                    break;
                default:
                    throw new UnreachableException();
            }
        },
        TimeSpan.FromSeconds(job.Patience));
}
catch (Exception e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
return 0;
