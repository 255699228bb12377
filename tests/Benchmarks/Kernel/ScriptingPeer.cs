using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace SingleShot.Benchmarks.Kernel;

/// <summary>The process behind <see cref="ScriptedCells"/>: a line is a cell, its value is a line.</summary>
internal sealed class ScriptingPeer : IBenchmark
{
    public const string BenchmarkName = "scripting";

    public string Name => BenchmarkName;

    public string Summary => "bare scripting of cells that come as lines; the peer of 'kernel'";

    public void Run(IReadOnlyList<string> arguments)
    {
        ScriptState<object>? state = null;
        while (Console.ReadLine() is { } code)
        {
            state = (state is null ? CSharpScript.RunAsync(code) : state.ContinueWithAsync(code)).GetAwaiter().GetResult();
            Console.WriteLine(state.ReturnValue);
        }
    }
}
