using SingleShot.Ranks;

namespace SingleShot.Tests.Distributed;

/// <summary>
/// The jobs that something is wrong with, and how they ended. What ends a job in all processes at once lets them begin the next one, so that one start proves
/// several; the last of each start ends its processes.
/// </summary>
internal sealed class FaultyJobs
{
    /// <summary>A batch that does not divide among two processes.</summary>
    public const string Batch = "batch";

    /// <summary>Activations that are to be computed again, and batch normalization.</summary>
    public const string Activations = "activations";

    /// <summary>A failure while another thread waits for the other process.</summary>
    public const string BesideAWait = "beside a wait";

    /// <summary>A process that hangs, while gradients of the next step are sent and others are computed.</summary>
    public const string HungEarly = "hung early";

    private readonly Dictionary<string, (Job Job, Lazy<Task<(int Exit, string Text)>> Run)> _jobs = [];

    public FaultyJobs(JobFolder folder)
    {
        (string, Job) Failing(Fault fault) => ($"{fault}", folder.Next() with { Batch = 6, Steps = 12, SaveEvery = 2, Fault = fault, FaultRank = 1, FaultStep = 5 });
        (string, Job) Other(Fault fault) => ($"{fault}", folder.Next() with { Fault = fault, FaultRank = 1 });
        var hung = Failing(Fault.Hang);
        Add(3, Failing(Fault.NaN), Failing(Fault.Drift), Failing(Fault.Throw));
        Add(3, hung with { Item2 = hung.Item2 with { Patience = 3 } });
        Add(3, Failing(Fault.Kill));
        Add(2, (HungEarly, Failing(Fault.Hang).Item2 with { Vgg16 = true, Batch = 2, Steps = 4, SaveEvery = 1, FaultStep = 2, Patience = 3 }));
        Add(3, (BesideAWait, folder.Next() with { Work = Work.FailBesideAWait }));
        Add(2,
            (Batch, folder.Next() with { Batch = 7 }), (Activations, folder.Next() with { RecomputeActivations = true }),
            Other(Fault.OtherData), Other(Fault.OtherModel), Other(Fault.OtherSettings));
    }

    /// <summary>How a job ended with a fault in rank 1.</summary>
    public Task<Ending> OfAsync(Fault fault) => OfAsync($"{fault}");

    /// <summary>How a job ended.</summary>
    public async Task<Ending> OfAsync(string name)
    {
        var (job, run) = _jobs[name];
        var (exit, text) = await run.Value;
        return new Ending(job, exit, text);
    }

    private void Add(int processes, params (string Name, Job Job)[] jobs)
    {
        var run = new Lazy<Task<(int Exit, string Text)>>(
            () => RanksProgram.RunAsync(processes, jobs.Select((item, place) => item.Job with { OthersFollow = place < jobs.Length - 1 })));
        foreach (var (name, job) in jobs)
        {
            _jobs[name] = (job, run);
        }
    }
}
