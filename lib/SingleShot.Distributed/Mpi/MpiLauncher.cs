using System.Globalization;

namespace SingleShot.Distributed.Mpi;

/// <summary>What a program can tell of whoever started it, before it loads an MPI: the launcher's environment variables.</summary>
/// <param name="Name">What to call the launcher.</param>
/// <param name="Processes">How many processes it has started.</param>
/// <param name="OpenMpi">Whether it is Open MPI's, or null where it serves both families.</param>
internal sealed record MpiLauncher(string Name, int Processes, bool? OpenMpi)
{
    private static readonly (string Variable, string Name, bool? OpenMpi)[] Known =
    [
        ("OMPI_COMM_WORLD_SIZE", "Open MPI's mpirun", true),
        ("PMI_SIZE", "an mpiexec of MPICH's family", false),
        ("SLURM_STEP_NUM_TASKS", "SLURM's srun", null),
    ];

    /// <summary>The launcher of this process; null where there is none, or where it has started no other process.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static MpiLauncher? Find(Func<string, string?> variable)
    {
        foreach (var (name, launcher, openMpi) in Known)
        {
            if (int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var processes) && processes > 1)
            {
                return new MpiLauncher(launcher, processes, openMpi);
            }
        }
        return null;
    }

    /// <summary>Refuses an MPI that knows nothing of the processes that were started, as one does whose launcher is another.</summary>
    /// <param name="size">How many processes the MPI counts.</param>
    /// <param name="library">The MPI.</param>
    /// <exception cref="MpiException">They are not as many as were started.</exception>
    public void Check(int size, string library)
    {
        if (size != Processes)
        {
            throw new MpiException(
                $"{Name} has started {Processes} processes, but {library} counts {size}: it is another MPI than the launcher's. "
                + $"Start with its own launcher, or name the launcher's library in {MpiLibrary.Variable}.");
        }
    }
}
