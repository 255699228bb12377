using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Execution.Errors;

/// <summary>Says, in place of the compiler's words, what C# a cell cannot hold, and what to write instead.</summary>
/// <remarks>To the compiler all of a cell is within a class: its variables are fields, and its types are nested.</remarks>
internal static class CellLimits
{
    private const string NoGenerators = "No source generator runs for a cell, so that nothing writes what is missing here.";

    private const string NoRef = "A cell's variables stay for later cells, and a ref cannot. Put the code into a method or a block.";

    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["CS0027"] = "A cell's own statements have no this.",
        ["CS0610"] = NoRef,
        ["CS1109"] = "A class in a cell cannot hold extension methods. Take this one out of its class: a cell's top level can hold it.",
        ["CS1529"] = "Using directives come before all other code of a cell. Move this one to the cell's first line, or to a cell before.",
        ["CS7019"] = "A name that is declared anew has no value yet where its own is worked out. Leave out the type or var to change the old one, or choose another name.",
        ["CS7020"] = "A cell cannot yield. Put this into a method that returns IEnumerable, and call it.",
        ["CS7021"] = "A cell cannot hold a namespace. Leave it out: later cells know the types of a cell by their own names.",
        ["CS8345"] = "A cell's variables stay for later cells, and values of this type cannot. Put the code into a method or a block, or use an array.",
        ["CS9054"] = "A cell cannot hold a type for its file alone. Leave out the word file.",
        ["CS9283"] = "A cell cannot hold extension blocks. Write a method with this before its first parameter, at the cell's top level.",
    };

    private static readonly Dictionary<string, string> InPlaceOfGenerators = new()
    {
        ["GeneratedRegex"] = "Write new Regex(...), with RegexOptions.Compiled where its speed matters.",
        ["JsonSerializable"] = "JsonSerializer.Serialize and Deserialize need no context: leave it out.",
        ["LibraryImport"] = "Write [DllImport] and static extern in place of [LibraryImport] and partial.",
        ["LoggerMessage"] = "Call the logger itself, or LoggerMessage.Define.",
    };

    /// <summary>One or two sentences; null for an error that cells have in common with other C#.</summary>
    public static string? Sentence(Diagnostic error)
    {
        if (error.Location.SourceTree is not { } tree)
        {
            return null;
        }
        var place = error.Location.SourceSpan;
        var member = tree.GetRoot().FindNode(place).FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return error.Id switch
        {
            // Declared by the cell itself, which the compiler calls by a name that nobody gave it.
            "CS0102" or "CS0111" when member?.Parent is CompilationUnitSyntax =>
                $"The cell declares {tree.GetText().ToString(place)} twice{(error.Id == "CS0111" ? ", with the same parameters" : "")}.",
            // The compiler takes a variable for the beginning of a method.
            _ when member is MethodDeclarationSyntax { ReturnType: RefTypeSyntax, ParameterList.OpenParenToken.IsMissing: true } => NoRef,
            _ => Sentences.GetValueOrDefault(error.Id) ?? OfGenerator(error.Id, member),
        };
    }

    private static string? OfGenerator(string error, MemberDeclarationSyntax? member)
    {
        var instead = member?.AttributeLists.SelectMany(list => list.Attributes)
            .Select(attribute => InPlaceOfGenerators.GetValueOrDefault(Name(attribute.Name)))
            .FirstOrDefault(known => known is not null);
        return error switch
        {
            "CS0534" or "CS0751" or "CS7036" or "CS8796" => instead is null ? null : $"{NoGenerators} {instead}",
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
