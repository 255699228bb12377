using System.Diagnostics;

namespace SingleShot.Benchmarks.Kernel;

/// <summary>Cells that Roslyn's scripting engine runs, with nothing around it, in a process that reads them from its console.</summary>
internal sealed class ScriptedCells : ICells
{
    private readonly Process _process;

    public ScriptedCells()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[typeof(ScriptedCells).Assembly.Location, "--only", ScriptingPeer.BenchmarkName])
        {
            start.ArgumentList.Add(argument);
        }
        _process = Process.Start(start)!;
    }

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public string? Run(string code)
    {
        _process.StandardInput.WriteLine(code);
        return _process.StandardOutput.ReadLine();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
