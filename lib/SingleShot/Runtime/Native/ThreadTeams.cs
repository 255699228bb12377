using System.Runtime.InteropServices;

namespace SingleShot.Runtime.Native;

/// <summary>The threads that OpenMP (libgomp) keeps for libtorch: a team for each thread that computes.</summary>
/// <remarks>
/// <para>
/// At the end of each parallel part the threads of a team wait for the next one. Asleep, they have to be woken by the system, which takes
/// longer than many a layer of a small network. Spinning for long, they take the processor from threads that have work to do: those that
/// prepare the next batch, or another program's. So they spin for a moment, then sleep.
/// </para>
/// <para>
/// libgomp hardly spins at all where all teams together have more threads than there are processors. So a thread that hands its work to
/// another one gives up its team first.
/// </para>
/// </remarks>
internal static unsafe class ThreadTeams
{
    private const string WaitPolicy = "OMP_WAIT_POLICY";
    private const string SpinCount = "GOMP_SPINCOUNT";
    private const string Spins = "3000";
    private const int KeepSettings = 1; // omp_pause_soft

    /// <summary>Tells libgomp, which reads its environment once, when it is loaded. What the environment says already stays.</summary>
    public static void SpinBriefly()
    {
        if (!OperatingSystem.IsLinux() || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(WaitPolicy)))
        {
            return;
        }
        LibC.Try(() => LibC.SetVariable(SpinCount, Spins, overwrite: 0));
    }

    /// <summary>Ends the threads that help the calling thread. It has new ones as soon as it computes again.</summary>
    /// <param name="torch">Handle of <c>torch_cpu</c>, which brings its OpenMP with it.</param>
    public static void GiveUp(nint torch)
    {
        if (NativeLibrary.TryGetExport(torch, "omp_pause_resource_all", out var pause))
        {
            _ = ((delegate* unmanaged<int, int>)pause)(KeepSettings); // refused within a parallel part, where nothing is to be given up
        }
    }
}
