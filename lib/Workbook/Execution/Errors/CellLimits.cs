using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Execution.Errors;

/// <summary>Says, in place of the compiler's words, what C# a cell cannot hold, and what to write instead.</summary>
/// <remarks>To the compiler all of a cell is within a class: its variables are fields, and its types are nested.</remarks>
internal static class CellLimits
{
    private const string NoGenerators = "No source generator runs for a cell, so that nothing writes what is missing here.";

    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["CS0027"] = "A cell's own statements have no this.",
        ["CS1109"] = "A class in a cell cannot hold extension methods. Take this one out of its class: a cell's top level can hold it.",
        ["CS7019"] = "A name that is declared anew is the new variable from its first mention on. To use the old one's value, leave out the type or var, or choose another name.",
        ["CS7020"] = "A cell cannot yield. Put this into a method that returns IEnumerable, and call it.",
        ["CS7021"] = "A cell cannot hold a namespace. Leave it out: later cells know the types of a cell by their own names.",
        ["CS8345"] = "A cell's variables stay for later cells, and this type's values cannot. Put the code into a method or a block, or keep an array.",
        ["CS9054"] = "A cell cannot hold a type for its file alone. Leave out the word file.",
        ["CS9059"] = "A cell's variables stay for later cells, and a ref cannot. Put the code into a method or a block.",
        ["CS9283"] = "A class in a cell cannot hold extensions. Write a method with this before its first parameter, at the cell's top level.",
    };

    private static readonly Dictionary<string, string> InPlaceOfGenerators = new()
    {
        ["GeneratedRegex"] = "Write new Regex(...), with RegexOptions.Compiled where its speed matters.",
        ["JsonSerializable"] = "JsonSerializer.Serialize and Deserialize need no context: leave it out.",
        ["LibraryImport"] = "Write [DllImport] and static extern in place of [LibraryImport] and partial.",
        ["LoggerMessage"] = "Call the logger itself, or LoggerMessage.Define.",
    };

    /// <summary>One or two sentences; null for an error that cells have in common with other C#.</summary>
    public static string? Sentence(Diagnostic error) => Sentences.GetValueOrDefault(error.Id) ?? OfGenerator(error);

    private static string? OfGenerator(Diagnostic error)
    {
        var member = error.Location.SourceTree?.GetRoot().FindNode(error.Location.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var instead = member?.AttributeLists.SelectMany(list => list.Attributes)
            .Select(attribute => InPlaceOfGenerators.GetValueOrDefault(Name(attribute.Name)))
            .FirstOrDefault(known => known is not null);
        return error.Id switch
        {
            "CS0534" or "CS7036" => instead is null ? null : $"{NoGenerators} {instead}",
            "CS8795" or "CS9248" => $"{NoGenerators} {instead ?? "Write the other part yourself, or reference a library that has it by #r."}",
            _ => null,
        };
    }

    private static string Name(NameSyntax name)
    {
        var last = name is QualifiedNameSyntax { Right: var right } ? right.ToString() : name.ToString();
        return last.EndsWith("Attribute", StringComparison.Ordinal) ? last[..^"Attribute".Length] : last;
    }
}
