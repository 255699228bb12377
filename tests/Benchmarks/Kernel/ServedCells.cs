using System.Text.Json.Nodes;
using Workbook.Tests.Kernel;

namespace SingleShot.Benchmarks.Kernel;

/// <summary>Cells that this workbook's kernel, or another build of it, runs, asked over ZeroMQ.</summary>
internal sealed class ServedCells : ICells
{
    private readonly KernelProcess _process;
    private readonly KernelClient _client;
    private int _count;

    public ServedCells(string folder, string? program = null)
    {
        _process = new KernelProcess(folder, program);
        _client = new KernelClient(_process);
    }

    public long WorkingSet => _process.WorkingSet;

    public string? Run(string code)
    {
        if (_count++ == 0)
        {
            // What is published before the subscription has arrived is lost to a new client, so the first value comes in the reply.
            var request = _client.SendExecute(code, content => content["user_expressions"] = new JsonObject { ["value"] = code.Split(' ')[^1] });
            return (string?)_client.Reply(request).Content["user_expressions"]!["value"]!["data"]!["text/plain"];
        }
        if (_count == 2)
        {
            _client.WaitUntilReady();
        }
        return _client.Execute(code).Result;
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Dispose();
    }
}
