using System.Text;
using SingleShot.Distributed.Communication;
using SingleShot.Distributed.Mpi;

namespace SingleShot.Distributed;

/// <summary>Runs a program's work in as many processes as its launcher has started: <c>mpirun -np 4 program</c>, <c>srun program</c>, or <c>program</c> alone.</summary>
public static class Launch
{
    /// <summary>How long a process waits for the others before it gives up, unless it is told otherwise.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(5);

    /// <summary>How many processes a launcher has started, as its environment variables tell; 1 where this one was started alone. Nothing is loaded of MPI.</summary>
    public static int Processes => MpiLauncher.Find(Environment.GetEnvironmentVariable)?.Processes ?? 1;

    /// <summary>Runs the work in this process, together with the others; once in a program, as MPI wants it. Nothing is loaded of MPI where the program was started alone.</summary>
    /// <param name="work">The work, given the processes. It ends when this process has nothing more to do with the others.</param>
    /// <param name="patience">
    /// How long a process waits for the others before it gives up; <see cref="Patience"/> when left out. It has to be longer than anything that one process does
    /// while the others wait, such as writing a checkpoint.
    /// </param>
    /// <param name="isTold">
    /// Whether the message of an exception tells a user all there is to know; of any other, the place where it was thrown is printed, too. When left out, it does for
    /// arguments and files.
    /// </param>
    /// <returns>
    /// When all processes are done. Where the work throws in one of several processes, that process prints its rank and the reason and tells the
    /// others. They print it, too, as soon as they next wait for it. Then MPI ends all of them with the exit code 1, and nothing returns.
    /// </returns>
    /// <exception cref="MpiException">A launcher has started several processes, but this machine has no MPI, or another than the launcher's.</exception>
    public static async Task RunAsync(Func<ICommunicator, Task> work, TimeSpan? patience = null, Func<Exception, bool>? isTold = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (MpiLauncher.Find(Environment.GetEnvironmentVariable) is not { } launcher)
        {
            await work(new SingleProcess());
            return;
        }
        var mpi = MpiCommunicator.Start(launcher, Environment.GetEnvironmentVariable(MpiLibrary.Variable), patience ?? Patience);
        try
        {
            await work(mpi);
            mpi.End();
        }
        catch (RankFailedException e)
        {
            Print(mpi, e.Message);
            mpi.GiveUp(e.Ranks, e.Message);
        }
        catch (Exception e)
        {
            Print(mpi, isTold?.Invoke(e) ?? e is ArgumentException or IOException ? e.Message : e.ToString());
            mpi.GiveUp([mpi.Rank], $"{Name(mpi)} has failed: {e.Message}");
        }
    }

    // In one piece: the console's own writer cuts a long line into pieces, and a launcher puts another process's line between them.
    private static void Print(MpiCommunicator mpi, string reason)
    {
        using var error = Console.OpenStandardError();
        error.Write(Encoding.UTF8.GetBytes($"{Name(mpi)} ends: {reason}{Environment.NewLine}"));
    }

    private static string Name(MpiCommunicator mpi) => $"Rank {mpi.Rank} of {mpi.Size} ({Environment.MachineName})";
}
