using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Execution.References;

namespace Workbook.Execution;

/// <summary>Compiles a cell by itself, to look at and not to run.</summary>
internal static class CellCompilation
{
    /// <summary>The compilation and its tree; errors in the code are the caller's to find, if it minds.</summary>
    public static (Compilation Compilation, SyntaxTree Tree) Of(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            usings: ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"]);
        return (CSharpCompilation.CreateScriptCompilation("cell", tree, FrameworkReferences.All, options), tree);
    }
}
