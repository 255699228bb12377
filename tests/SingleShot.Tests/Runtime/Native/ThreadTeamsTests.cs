using System.Runtime.InteropServices;
using AwesomeAssertions;
using SingleShot.Runtime;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Runtime.Native;

public class ThreadTeamsTests
{
    private delegate nint GetVariable(nint name);

    [Fact]
    public void ThreadsOfLibTorch_SpinBrieflyWhileTheyWait_UnlessTheEnvironmentSaysOtherwise()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libgomp reads its environment on Linux.");

        var policy = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY");
        var spins = Environment.GetEnvironmentVariable("GOMP_SPINCOUNT");

        Native("GOMP_SPINCOUNT").Should().Be(spins ?? (string.IsNullOrEmpty(policy) ? "3000" : null));
        Native("OMP_WAIT_POLICY").Should().Be(policy);
    }

    [Fact]
    public void AThreadThatGaveUpItsTeam_ComputesAsBefore()
    {
        using var scope = NewDisposeScope();
        var numbers = rand(1 << 20, generator: new Generator(1));
        var before = numbers.exp().sum().item<float>();

        TorchRuntime.GiveUpTeam();

        numbers.exp().sum().item<float>().Should().Be(before);
    }

    /// <summary>A variable as native code sees it; .NET's own are a copy.</summary>
    private static string? Native(string name)
    {
        var get = Marshal.GetDelegateForFunctionPointer<GetVariable>(NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "getenv"));
        var text = Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            return Marshal.PtrToStringUTF8(get(text));
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }
}
