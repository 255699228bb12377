using System.Diagnostics;
using System.Globalization;
using SingleShot.Ranks;
using Xunit;

namespace SingleShot.Tests.Distributed;

/// <summary>Two hosts on this machine: two network namespaces of Linux, with a cable between them and no other network.</summary>
internal sealed class TwoHosts : IDisposable
{
    private const string Link = "mpi0";
    private const string GiveUpEarly = "sysctl -qw net.ipv4.tcp_retries2=5"; // as docs/more-than-one-machine.md has it, with the three settings of keepalive below
    private static readonly string[] Addresses = ["10.77.0.1", "10.77.0.2"];

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _names = [$"ss{Environment.ProcessId}a", $"ss{Environment.ProcessId}b"];
    private readonly string _agent;

    private TwoHosts()
    {
        // Open MPI reaches other hosts by ssh, or by the program that it is given in ssh's place.
        _agent = _folder.Write($"shift\nexec ip netns exec {_names[1]} unshare --uts sh -c \"hostname {_names[1]}; $*\"\n", "agent");
    }

    /// <summary>Makes the hosts, or ends the test as skipped where that is not permitted.</summary>
    public static async Task<TwoHosts> MakeOrSkipAsync()
    {
        Mpirun.SkipIfMissing();
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs root, to make network namespaces");
        var hosts = new TwoHosts();
        var (a, b) = (hosts._names[0], hosts._names[1]);
        string[] commands =
        [
            $"netns add {a}", $"netns add {b}", $"link add {Link} netns {a} type veth peer name {Link} netns {b}",
            $"-n {a} addr add {Addresses[0]}/24 dev {Link}", $"-n {b} addr add {Addresses[1]}/24 dev {Link}",
            $"-n {a} link set {Link} up", $"-n {b} link set {Link} up", $"-n {a} link set lo up", $"-n {b} link set lo up",
        ];
        foreach (var command in commands)
        {
            var (exit, text) = await Mpirun.StartAsync(["ip", .. command.Split(' ')]);
            if (exit != 0)
            {
                hosts.Dispose();
                Assert.Skip($"network namespaces are not permitted here: ip {command}: {text}");
            }
        }
        return hosts;
    }

    /// <summary>The command that runs a job in a process on each host, over TCP on the cable.</summary>
    public IReadOnlyList<string> Command(Job job) =>
    [
        "ip", "netns", "exec", _names[0], "unshare", "--uts", "sh", "-c", $"hostname {_names[0]}; exec \"$@\"", "sh",
        Mpirun.OpenMpi.Program!, "--allow-run-as-root", "-np", "2", "--host", string.Join(',', Addresses.Select(address => $"{address}:1")),
        "--mca", "plm_rsh_agent", $"sh {_agent}", "--mca", "btl", "tcp,self", "--mca", "btl_tcp_if_include", Link, "--mca", "oob_tcp_if_include", Link,
        "--mca", "oob_tcp_keepalive_time", "5", "--mca", "oob_tcp_keepalive_intvl", "2", "--mca", "oob_tcp_keepalive_probes", "3",
        .. RanksProgram.Command(job),
    ];

    /// <summary>Bytes that each host has sent so far, its packets' heads among them.</summary>
    public async Task<long[]> SentAsync() =>
    [
        .. await Task.WhenAll(_names.Select(async name =>
            long.Parse((await Mpirun.StartAsync(["ip", "netns", "exec", name, "cat", $"/sys/class/net/{Link}/statistics/tx_bytes"])).Text, CultureInfo.InvariantCulture))),
    ];

    public void Dispose()
    {
        foreach (var name in _names)
        {
            using var process = Process.Start(new ProcessStartInfo("ip", ["netns", "del", name]) { RedirectStandardError = true })!;
            process.WaitForExit();
        }
        _folder.Dispose();
    }
}
