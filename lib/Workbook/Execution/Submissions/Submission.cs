using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Execution.Submissions;

/// <summary>A cell that has been compiled.</summary>
/// <param name="Compilation">Its compilation, which stands on those of the cells before it.</param>
/// <param name="Image">The assembly; empty where there is nothing to run.</param>
/// <param name="Symbols">The portable PDB that gives its stack frames their lines.</param>
internal sealed record Submission(CSharpCompilation Compilation, byte[] Image, byte[] Symbols)
{
    /// <summary>Whether there is anything to run: usings and directives alone make no assembly.</summary>
    public bool HasCode => Image.Length > 0;

    /// <summary>Whether the cell ends in an expression whose value is its result.</summary>
    /// <remarks>A call that returns nothing and an expression that is null leave the same value; only the compiler knows one from the other.</remarks>
    public bool HasResult
    {
        get
        {
            var tree = Compilation.SyntaxTrees[^1];
            return tree.GetCompilationUnitRoot().Members.LastOrDefault() is GlobalStatementSyntax { Statement: var last }
                && last switch
                {
                    ReturnStatementSyntax { Expression: not null } => true,
                    ExpressionStatementSyntax { SemicolonToken.IsMissing: true } shown =>
                        Compilation.GetSemanticModel(tree).GetTypeInfo(shown.Expression).Type?.SpecialType != SpecialType.System_Void,
                    _ => false,
                };
        }
    }

    /// <summary>The method that runs the cell, in its loaded assembly.</summary>
    public Func<object?[], Task<object?>> EntryPoint(Assembly assembly)
    {
        var method = Compilation.GetEntryPoint(default)!;
        return assembly.GetType(method.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(method.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
    }
}

/// <summary>Code to run, and the path that its errors and stack frames carry.</summary>
/// <param name="Text">The code.</param>
/// <param name="Path">A file's path, or a made-up one in the notebook's folder.</param>
internal sealed record CellCode(string Text, string Path);
