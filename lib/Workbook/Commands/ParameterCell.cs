using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Execution.References;
using Workbook.Execution.Submissions;
using Workbook.Notebooks;

namespace Workbook.Commands;

/// <summary>Reads the declarations of a notebook's parameter cell, and writes the cell that overrides them.</summary>
internal static class ParameterCell
{
    /// <summary>The parameters that a notebook declares; none where it has no parameter cell.</summary>
    public static ImmutableArray<NotebookParameter> Read(Notebook notebook)
    {
        if (notebook.ParametersIndex < 0)
        {
            return [];
        }
        // Compiled alone and not run: a wrong value is then refused before the first notebook starts.
        var tree = CSharpSyntaxTree.ParseText(notebook.Cells[notebook.ParametersIndex].Source, new CSharpParseOptions(kind: SourceCodeKind.Script));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: SubmissionChain.Usings);
        var model = CSharpCompilation.CreateScriptCompilation("parameters", tree, FrameworkReferences.All, options).GetSemanticModel(tree);
        return
        [
            .. tree.GetRoot().ChildNodes().OfType<FieldDeclarationSyntax>().SelectMany(field => field.Declaration.Variables)
                .Select(variable => Read((IFieldSymbol)model.GetDeclaredSymbol(variable)!, variable)),
        ];
    }

    /// <summary>The same notebook with a cell after its parameter cell that assigns the given values to those it declares.</summary>
    public static Notebook Inject(Notebook notebook, ImmutableArray<NotebookParameter> known, IReadOnlyDictionary<string, string> values)
    {
        var assignments = known.Where(one => values.ContainsKey(one.Name))
            .Select(one => $"{one.Name} = {one.Literal(values[one.Name])};").ToList();
        return assignments.Count == 0
            ? notebook
            : notebook.With(notebook.ParametersIndex + 1, NotebookCell.Injected(string.Join('\n', assignments)));
    }

    private static NotebookParameter Read(IFieldSymbol field, VariableDeclaratorSyntax variable)
    {
        var isNullable = field.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        var type = isNullable ? ((INamedTypeSymbol)field.Type).TypeArguments[0] : field.Type;
        // An enumeration may come from a library that this cell alone does not know: its written value tells.
        var written = (variable.Initializer?.Value as MemberAccessExpressionSyntax)?.Expression.ToString();
        var isEnum = type.TypeKind is TypeKind.Enum or TypeKind.Error;
        return new NotebookParameter(
            field.Name, field.Type.ToDisplayString(), type.SpecialType, isNullable,
            !isEnum ? null : type.TypeKind == TypeKind.Enum ? type.ToDisplayString() : written);
    }
}
