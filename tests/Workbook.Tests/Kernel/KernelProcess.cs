using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Execution;
using Workbook.Messaging;

namespace Workbook.Tests.Kernel;

/// <summary>A kernel in a process of its own, started as a notebook client starts it: by a connection file.</summary>
internal sealed class KernelProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _log = [];

    /// <param name="folder">Where it runs.</param>
    /// <param name="program">Another build of the program, perhaps an old one; the one beside these tests if null.</param>
    public KernelProcess(string folder, string? program = null)
    {
        var ports = FreePorts(5);
        Connection = new ConnectionFile(
            "127.0.0.1", new ChannelPorts(ports[0], ports[1], ports[2], ports[3], ports[4]), Guid.NewGuid().ToString());
        var file = Path.Combine(folder, $"connection-{Guid.NewGuid():N}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new JsonObject
        {
            ["transport"] = "tcp",
            ["ip"] = Connection.Address,
            ["shell_port"] = ports[0],
            ["control_port"] = ports[1],
            ["iopub_port"] = ports[2],
            ["stdin_port"] = ports[3],
            ["hb_port"] = ports[4],
            ["key"] = Connection.Key,
            ["signature_scheme"] = "hmac-sha256",
        }));
        // A cell that is made to stop does so when it gets the processor, and a machine with more to do may leave it waiting.
        string[] patience = program is null ? ["--leave-after", $"{LastResort.Limit.TotalSeconds}"] : []; // which old builds do not know
        var start = Command(["kernel", file, .. patience], folder, program);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public ConnectionFile Connection { get; }

    /// <summary>What it wrote to its own console so far.</summary>
    public string Said
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log);
            }
        }
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>The process's working set, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The workbook's program, beside these tests unless another is named, with its arguments.</summary>
    public static ProcessStartInfo Command(IEnumerable<string> arguments, string folder, string? program = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in arguments.Prepend(program ?? typeof(CellSession).Assembly.Location))
        {
            start.ArgumentList.Add(argument);
        }
        return start;
    }

    /// <summary>Waits until it has ended, and all that it wrote to its console is here.</summary>
    public async Task<int> ExitCode()
    {
        await _process.WaitForExitAsync().WaitAsync(LastResort.Limit);
        return _process.ExitCode;
    }

    /// <summary>Waits until its console has lines with the words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="lines">How many lines.</param>
    public void WaitUntilSaid(string words, int lines = 1)
    {
        lock (_log)
        {
            while (_log.Count(line => line.Contains(words, StringComparison.Ordinal)) < lines)
            {
                if (!Monitor.Wait(_log, LastResort.Limit))
                {
                    throw new TimeoutException($"The kernel did not say '{words}' {lines} times, but:\n{Said}");
                }
            }
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_log)
        {
            _log.Add(line ?? "");
            Monitor.PulseAll(_log);
        }
    }

    private static int[] FreePorts(int count)
    {
        // Held together, so that they are unlike one another.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }
}
