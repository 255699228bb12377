using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Execution.Submissions;

/// <summary>
/// Code that declares variables by <c>using</c> at its top level, where the compiler expects using directives. To it they are variables like
/// any others; the session disposes of them.
/// </summary>
/// <param name="Text">The code with blanks in place of each such <c>using</c>, so that all else keeps its place.</param>
/// <param name="Variables">The variables, in order.</param>
internal sealed record UsingVariables(string Text, ImmutableArray<UsingVariable> Variables)
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>Reads code.</summary>
    public static UsingVariables In(string code)
    {
        if (!code.Contains("using", StringComparison.Ordinal))
        {
            return new UsingVariables(code, []);
        }
        var text = code.ToCharArray();
        var variables = ImmutableArray.CreateBuilder<UsingVariable>();
        // After other code a using directive is an error, and skipped.
        foreach (var token in CSharpSyntaxTree.ParseText(code, Script).GetRoot().DescendantTokens(descendIntoTrivia: true))
        {
            if (token.IsKind(SyntaxKind.UsingKeyword)
                && token.Parent is UsingDirectiveSyntax or SkippedTokensTriviaSyntax or LocalDeclarationStatementSyntax { Parent: GlobalStatementSyntax }
                && SyntaxFactory.ParseStatement(code, token.Span.End, Script, consumeFullText: false)
                    is LocalDeclarationStatementSyntax { ContainsDiagnostics: false, Declaration.Variables: var declared }
                && declared.All(one => one.Initializer is not null))
            {
                const string Await = "await";
                var before = code.AsSpan(0, token.SpanStart).TrimEnd();
                var isAsync = before.EndsWith(Await);
                text.AsSpan(token.SpanStart, token.Span.Length).Fill(' ');
                text.AsSpan(before.Length - (isAsync ? Await.Length : 0), isAsync ? Await.Length : 0).Fill(' ');
                variables.AddRange(declared.Select(one => new UsingVariable(one.Identifier.ValueText, isAsync)));
            }
        }
        return new UsingVariables(new string(text), variables.ToImmutable());
    }

    /// <summary>What the compiler would say of those that cannot be disposed of, had it seen their <c>using</c>.</summary>
    public ImmutableArray<Diagnostic> Problems(CSharpCompilation compilation)
    {
        string[] disposable = ["System.IDisposable", "System.IAsyncDisposable"];
        var targets = disposable.Select(name => compilation.GetTypeByMetadataName(name)!).ToList();
        return
        [
            .. Variables.SelectMany(one => compilation.ScriptClass!.GetMembers(one.Name)).OfType<IFieldSymbol>()
                .Where(field => !targets.Exists(target => compilation.ClassifyConversion(field.Type, target).IsImplicit))
                .Select(NotDisposable),
        ];
    }

    private static Diagnostic NotDisposable(IFieldSymbol field) => Diagnostic.Create(
        "CS1674", "Compiler", $"'{field.Type.ToDisplayString()}' has nothing to dispose of. Declare '{field.Name}' without using.",
        DiagnosticSeverity.Error, DiagnosticSeverity.Error, isEnabledByDefault: true, warningLevel: 0, location: field.Locations[0]);
}

/// <summary>A variable to dispose of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsAsync">Whether its disposal is awaited.</param>
internal sealed record UsingVariable(string Name, bool IsAsync);
