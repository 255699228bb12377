using AwesomeAssertions;
using SingleShot.Distributed.Mpi;
using Xunit;

namespace SingleShot.Tests.Distributed;

[Collection(nameof(Jobs))]
public sealed class MpiStartTests(JobFolder folder)
{
    [Fact]
    public void Launcher_IsKnownByItsVariables()
    {
        Found(("OMPI_COMM_WORLD_SIZE", "4")).Should().Be(new MpiLauncher("Open MPI's mpirun", 4, true));
        Found(("PMI_SIZE", "2")).Should().Be(new MpiLauncher("an mpiexec of MPICH's family", 2, false));
        Found(("SLURM_STEP_NUM_TASKS", "64")).Should().Be(new MpiLauncher("SLURM's srun", 64, null));
        Found(("SLURM_STEP_NUM_TASKS", "4"), ("OMPI_COMM_WORLD_SIZE", "8"))!.Processes.Should().Be(8, "mpirun runs within a SLURM job, too");
    }

    [Fact]
    public void ProgramThatWasStartedAlone_HasNoLauncher()
    {
        Found().Should().BeNull();
        Found(("SLURM_STEP_NUM_TASKS", "1")).Should().BeNull("an interactive shell of SLURM is one task");
        Found(("PMI_SIZE", "many")).Should().BeNull();
    }

    [Fact]
    public void MachineWithoutMpi_IsToldHowToInstallOne() =>
        FluentActions.Invoking(() => MpiLibrary.Load(["libnone-of-these.so.1"])).Should().Throw<MpiException>()
            .WithMessage("This machine has no MPI that can be loaded: none of libnone-of-these.so.1.*apt-get install openmpi-bin*module load*SINGLESHOT_MPI*");

    [Fact]
    public void LibraryThatTheUserNames_HasToBeThere() =>
        FluentActions.Invoking(() => MpiLibrary.Load(null, "/no/such/libmpi.so")).Should().Throw<MpiException>().WithMessage("SINGLESHOT_MPI names /no/such/libmpi.so, which cannot be loaded*");

    [Fact]
    public void LibraryThatIsNoMpi_IsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library is Linux's.");
        var (library, _) = MpiLibrary.Load(null, "libm.so.6");

        FluentActions.Invoking(() => new MpiFunctions(library)).Should().Throw<MpiException>().WithMessage("*has no MPI_Init_thread: it is no MPI*");
    }

    [Fact]
    public void LibraryOfTheLauncher_IsTriedFirst()
    {
        MpiLibrary.Names(openMpi: true)[0].Should().Be("libmpi.so.40");
        MpiLibrary.Names(openMpi: false)[0].Should().Be("libmpich.so.12");
        MpiLibrary.Names(openMpi: null).Should().BeEquivalentTo(MpiLibrary.Names(openMpi: false));
    }

    [Fact]
    [Trait("Needs", "mpi")]
    public async Task LibraryOfAnotherMpiThanTheLaunchers_IsRefused()
    {
        Mpirun.SkipIfMissing();
        Mpirun.SkipIfMissing(Mpirun.Mpich);
        var job = folder.Next();

        var (exit, text) = await RanksProgram.RunAsync(Mpirun.OpenMpi, 2, [job], ("SINGLESHOT_MPI", "libmpich.so.12"));

        exit.Should().NotBe(0);
        text.Should().Contain("Open MPI's mpirun has started 2 processes, but libmpich.so.12 (MPICH").And.Contain("counts 1: it is another MPI than the launcher's");
        JobFolder.Left(job).Should().BeEmpty();
    }

    [Fact]
    public void Notice_IsCutToItsLength_AndReadBack()
    {
        var bytes = new byte[Notice.Length];

        new Notice(3, 1L << 40, [1, 2], new string('"', 5000)).Write(bytes);

        var read = Notice.Read(bytes);
        read.Should().BeEquivalentTo(new { Rank = 3, Meeting = 1L << 40, AtFault = new[] { 1, 2 }, Failed = true });
        read.Text.Should().StartWith("\"\"\"").And.EndWith("...");
    }

    private static MpiLauncher? Found(params (string Name, string Value)[] variables) =>
        MpiLauncher.Find(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
