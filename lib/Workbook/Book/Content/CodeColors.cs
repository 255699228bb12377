using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Book.Content;

/// <summary>C# with its words marked for coloring, by the compiler's own parser.</summary>
/// <remarks>It needs no references, so names are judged by where they stand: what is called, what is declared or written where a type belongs.</remarks>
internal static class CodeColors
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Preview, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>The code as HTML: spans of the classes k (keyword), t (type), m (method), s (text), n (number), c (comment) and d (directive).</summary>
    /// <param name="code">C#; what is not C# comes out as it is.</param>
    public static string ToHtml(string code)
    {
        var html = new StringBuilder(code.Length * 2);
        foreach (var token in CSharpSyntaxTree.ParseText(code, Script).GetRoot().DescendantTokens())
        {
            Append(html, token.LeadingTrivia);
            Append(html, token.Text, Class(token));
            Append(html, token.TrailingTrivia);
        }
        return html.ToString();
    }

    private static void Append(StringBuilder html, SyntaxTriviaList trivia)
    {
        foreach (var one in trivia)
        {
            Append(html, one.ToFullString(), one.IsDirective ? "d" : one.Kind() switch
            {
                SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
                    or SyntaxKind.MultiLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia => "c",
                _ => null,
            });
        }
    }

    private static void Append(StringBuilder html, string text, string? mark)
    {
        var written = WebUtility.HtmlEncode(PrintableText.Of(text));
        html.Append(mark is null || text.Length == 0 ? written : $"<span class=\"{mark}\">{written}</span>");
    }

    private static string? Class(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "n",
        SyntaxKind.IdentifierToken => Name(token),
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.Utf8StringLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedSingleLineRawStringStartToken
            or SyntaxKind.InterpolatedMultiLineRawStringStartToken or SyntaxKind.InterpolatedRawStringEndToken => "s",
        var kind => SyntaxFacts.IsKeywordKind(kind) ? "k" : null,
    };

    private static string? Name(SyntaxToken token) => token.Parent switch
    {
        IdentifierNameSyntax { IsVar: true } => "k",
        BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or ConstructorDeclarationSyntax or TypeParameterSyntax => "t",
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => "m",
        SimpleNameSyntax { Parent: UsingDirectiveSyntax or QualifiedNameSyntax { Parent: UsingDirectiveSyntax or QualifiedNameSyntax } } => null,
        SimpleNameSyntax name when IsCalled(name) => "m",
        SimpleNameSyntax name when SyntaxFacts.IsInTypeOnlyContext(name) || IsCapitalizedOwner(name) => "t",
        _ => null,
    };

    private static bool IsCalled(SimpleNameSyntax name) => name.Parent is InvocationExpressionSyntax
        || name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Name == name && call.Expression == access
        || name.Parent is MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax };

    // Math.Max: by the language's conventions a type, or a property; both are worth telling from a variable.
    private static bool IsCapitalizedOwner(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Expression == name && char.IsUpper(name.Identifier.Text[0]);
}
