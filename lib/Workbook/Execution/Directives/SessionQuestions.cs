using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Execution.Submissions;
using Workbook.Outputs;

namespace Workbook.Execution.Directives;

/// <summary>Answers what a cell asks about the session.</summary>
internal static class SessionQuestions
{
    /// <summary>The answer to a question.</summary>
    /// <param name="name">The directive's word.</param>
    /// <param name="cells">The cells so far.</param>
    public static MimeBundle Answer(string name, SubmissionChain cells) => name switch
    {
        "about" => About(),
        "who" => MimeBundle.Of(MimeBundle.PlainType, string.Join(' ', Variables(cells).Select(one => one.Field.Name).DefaultIfEmpty("(no variables)"))),
        _ => VariableTable.Of(Variables(cells)),
    };

    // Of a variable that was declared again, the newest is the one that cells see.
    private static IEnumerable<(FieldInfo Field, object State)> Variables(SubmissionChain cells) => cells.States
        .SelectMany(state => state.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => !field.Name.Contains('<', StringComparison.Ordinal))
            .Select(field => (Field: field, State: state)))
        .DistinctBy(one => one.Field.Name)
        .OrderBy(one => one.Field.Name, StringComparer.OrdinalIgnoreCase);

    private static MimeBundle About() => MimeBundle.Of(MimeBundle.PlainType, string.Join(
        '\n',
        $"Workbook {typeof(SessionQuestions).Assembly.GetName().Version?.ToString(3)}, a C# notebook kernel",
        $".NET     {Environment.Version} ({RuntimeInformation.RuntimeIdentifier})",
        $"C#       {LanguageVersion.Default.MapSpecifiedToEffectiveVersion().ToDisplayString()}, Roslyn {typeof(CSharpCompilation).Assembly.GetName().Version?.ToString(3)}",
        $"System   {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors"));
}
