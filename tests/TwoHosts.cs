using System.Diagnostics;
using System.Globalization;

namespace Tests;

/// <summary>Two hosts on this machine: two network namespaces of Linux, with a cable between them and no other network.</summary>
internal sealed class TwoHosts : IDisposable
{
    private const string Link = "mpi0";
    private static readonly string[] Addresses = ["10.77.0.1", "10.77.0.2"];

    private readonly string[] _names = [$"ss{Environment.ProcessId}a", $"ss{Environment.ProcessId}b"];
    private readonly string _agent = Path.GetTempFileName();

    /// <summary>Makes the hosts.</summary>
    /// <param name="rate">How much the cable carries in each direction, as <c>tc</c> has it; as much as it can when left out.</param>
    /// <exception cref="NotSupportedException">This machine or this user cannot have such hosts; the message says why.</exception>
    public TwoHosts(string? rate = null)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            throw new NotSupportedException("needs Linux, and root, to make network namespaces");
        }
        // Open MPI reaches other hosts by ssh, or by the program that it is given in ssh's place.
        File.WriteAllText(_agent, $"shift\nexec ip netns exec {_names[1]} unshare --uts sh -c \"hostname {_names[1]}; $*\"\n");
        var (a, b) = (_names[0], _names[1]);
        List<string> commands =
        [
            $"ip netns add {a}", $"ip netns add {b}", $"ip link add {Link} netns {a} type veth peer name {Link} netns {b}",
            $"ip -n {a} addr add {Addresses[0]}/24 dev {Link}", $"ip -n {b} addr add {Addresses[1]}/24 dev {Link}",
            $"ip -n {a} link set {Link} up", $"ip -n {b} link set {Link} up", $"ip -n {a} link set lo up", $"ip -n {b} link set lo up",
        ];
        if (rate is not null)
        {
            commands.AddRange(_names.Select(name => $"tc -n {name} qdisc add dev {Link} root tbf rate {rate} burst 1mb latency 50ms"));
        }
        foreach (var command in commands)
        {
            var (exit, text) = Run(command.Split(' '));
            if (exit != 0)
            {
                Dispose();
                throw new NotSupportedException($"network namespaces are not permitted here: {command}: {text}");
            }
        }
    }

    /// <summary>The command that runs a program in a process on each host, over TCP on the cable.</summary>
    /// <param name="mpirun">The path of Open MPI's launcher.</param>
    /// <param name="program">The program and its arguments.</param>
    public IReadOnlyList<string> Command(string mpirun, params IEnumerable<string> program) =>
    [
        "ip", "netns", "exec", _names[0], "unshare", "--uts", "sh", "-c", $"hostname {_names[0]}; exec \"$@\"", "sh",
        mpirun, "--allow-run-as-root", "--bind-to", "none", "-np", "2", "--host", string.Join(',', Addresses.Select(address => $"{address}:1")),
        "--mca", "plm_rsh_agent", $"sh {_agent}", "--mca", "btl", "tcp,self", "--mca", "btl_tcp_if_include", Link, "--mca", "oob_tcp_if_include", Link,
        // As docs/more-than-one-machine.md has it, so that a cable that is pulled is noticed soon.
        "--mca", "oob_tcp_keepalive_time", "5", "--mca", "oob_tcp_keepalive_intvl", "2", "--mca", "oob_tcp_keepalive_probes", "3",
        .. program,
    ];

    /// <summary>Bytes that each host has sent so far, its packets' heads among them.</summary>
    public long[] Sent() =>
        [.. _names.Select(name => long.Parse(Run("ip", "netns", "exec", name, "cat", $"/sys/class/net/{Link}/statistics/tx_bytes").Text, CultureInfo.InvariantCulture))];

    public void Dispose()
    {
        foreach (var name in _names)
        {
            Run("ip", "netns", "del", name);
        }
        File.Delete(_agent);
    }

    private static (int Exit, string Text) Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
