using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;
using Workbook.Formatting;

namespace Workbook.Execution.Directives;

/// <summary>Answers what a cell asks about the session.</summary>
internal static class SessionQuestions
{
    /// <summary>The answer to a question.</summary>
    /// <param name="name">The directive's word.</param>
    /// <param name="state">What the cells so far left; null before the first.</param>
    public static MimeBundle Answer(string name, ScriptState? state) => name switch
    {
        "about" => About(),
        "who" => MimeBundle.Of(MimeBundle.PlainType, string.Join(' ', Variables(state).Select(one => one.Name).DefaultIfEmpty("(no variables)"))),
        _ => VariableTable.Of(Variables(state)),
    };

    // A variable that was declared again is listed for each declaration; the newest is the one that cells see.
    private static IEnumerable<ScriptVariable> Variables(ScriptState? state) =>
        (state?.Variables ?? []).Reverse().DistinctBy(one => one.Name).OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase);

    private static MimeBundle About() => MimeBundle.Of(MimeBundle.PlainType, string.Join(
        '\n',
        $"Workbook {typeof(SessionQuestions).Assembly.GetName().Version?.ToString(3)}, a C# notebook kernel",
        $".NET     {Environment.Version} ({RuntimeInformation.RuntimeIdentifier})",
        $"C#       {LanguageVersion.Default.MapSpecifiedToEffectiveVersion().ToDisplayString()}, Roslyn {typeof(CSharpCompilation).Assembly.GetName().Version?.ToString(3)}",
        $"System   {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors"));
}
