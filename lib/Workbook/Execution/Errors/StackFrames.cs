using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Workbook.Execution.Errors;

/// <summary>The stack of an exception in the user's own terms.</summary>
internal static partial class StackFrames
{
    private const int MaxFrames = 40;
    private static readonly string[] AsyncNamespaces = ["System.Runtime.CompilerServices", "System.Runtime.ExceptionServices"];

    /// <summary>The frames of an exception, innermost first, without those of the workbook and of the code by which .NET awaits and rethrows.</summary>
    public static List<StackFrame> OfUserCode(Exception e) => [.. new StackTrace(e, fNeedFileInfo: true).GetFrames().Where(IsOfUserCode)];

    /// <summary>A line for each frame; of a very deep stack, the ends.</summary>
    public static IEnumerable<string> Describe(IReadOnlyList<StackFrame> frames) => frames.Count <= MaxFrames
        ? frames.Select(Describe)
        :
        [
            .. frames.Take(MaxFrames - 10).Select(Describe),
            string.Create(CultureInfo.InvariantCulture, $"   … {frames.Count - MaxFrames} more"),
            .. frames.Skip(frames.Count - 10).Select(Describe),
        ];

    private static bool IsOfUserCode(StackFrame frame)
    {
        var type = frame.GetMethod()?.DeclaringType;
        return type is null || type.Assembly != typeof(StackFrames).Assembly
            && !AsyncNamespaces.Any(space => type.Namespace?.StartsWith(space, StringComparison.Ordinal) == true);
    }

    private static string Describe(StackFrame frame)
    {
        var place = frame.GetFileName() is { } file
            ? string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}, line {frame.GetFileLineNumber()}")
            : null;
        var parts = new[] { Name(frame), place }.Where(part => !string.IsNullOrEmpty(part)).DefaultIfEmpty("(generated code)");
        return $"   at {string.Join(" in ", parts)}";
    }

    // The method that the reader wrote; a cell's own statements are in none.
    private static string Name(StackFrame frame)
    {
        if (DiagnosticMethodInfo.Create(frame) is not { } method)
        {
            return "";
        }
        // The compiler keeps an async method, an iterator or a lambda in a class of its own: <Run>d__3.MoveNext, <>c.<Run>b__0_1.
        var name = $"{method.DeclaringTypeName}.{method.Name}".Replace('+', '.');
        name = Submission().Replace(name, "").Replace("<<Initialize>>", "<>", StringComparison.Ordinal).Replace("<Initialize>", "", StringComparison.Ordinal);
        name = StateMachine().Replace(name, "${name}");
        name = Closure().Replace(name, "");
        name = LocalFunction().Replace(name, "${name}");
        name = Lambda().Replace(name, match => match.Groups["name"].Length == 0 ? "(lambda)" : $"{match.Groups["name"].Value} (lambda)");
        name = name.Replace("..cctor", " (static initializer)", StringComparison.Ordinal).Replace("..ctor", " (constructor)", StringComparison.Ordinal);
        return Arity().Replace(name, "").Trim('.');
    }

    [GeneratedRegex(@"^Submission#\d+\.?")]
    private static partial Regex Submission();

    [GeneratedRegex(@"<(?<name>(?:<[^<>]*>)?[^<>]*)>d(?:__\d+)?(?:`\d+)?\.MoveNext$")]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"<>c(?:__DisplayClass[\d_]+)?(?:`\d+)?\.")]
    private static partial Regex Closure();

    [GeneratedRegex(@"<[^<>]*>g__(?<name>\w+)\|[\d_]+$")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"<(?<name>[^<>]*)>b__[\d_]+$")]
    private static partial Regex Lambda();

    [GeneratedRegex(@"`\d+")]
    private static partial Regex Arity();
}
