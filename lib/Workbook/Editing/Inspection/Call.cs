using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Editing.Inspection;

/// <summary>A call, finished or not, in whose argument list a position is.</summary>
/// <param name="Overloads">What it may call, those with fewer parameters first.</param>
/// <param name="Active">The one that fits the arguments so far.</param>
/// <param name="ActiveParameter">The parameter that the argument at the position is for; null where there is none for it.</param>
internal sealed record Call(ImmutableArray<ISymbol> Overloads, ISymbol Active, IParameterSymbol? ActiveParameter)
{
    /// <summary>The innermost call around a UTF-16 position; null where there is none, or nothing by that name.</summary>
    public static Call? Around(SemanticModel model, int position, CancellationToken cancellation)
    {
        for (var node = Before(model.SyntaxTree.GetRoot(cancellation), position).Parent; node is not null; node = node.Parent)
        {
            if (Arguments(node) is { } list && Spans(list, position))
            {
                return Of(model, node.Parent!, list, position, cancellation);
            }
            // A lambda's body is a place of its own: the call around it is not what its statements are about.
            if (node is BlockSyntax)
            {
                return null;
            }
        }
        return null;
    }

    /// <summary>The parameters of a method or an indexer.</summary>
    public static ImmutableArray<IParameterSymbol> Parameters(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        _ => [],
    };

    private sealed record ArgumentList(
        SyntaxToken Open, SyntaxToken Close, ImmutableArray<SyntaxToken> Commas, ImmutableArray<SyntaxNode> Items);

    private static SyntaxToken Before(SyntaxNode root, int position)
    {
        var token = root.FindToken(Math.Max(0, position - 1));
        return token.SpanStart >= position ? token.GetPreviousToken() : token;
    }

    private static ArgumentList? Arguments(SyntaxNode node) => node switch
    {
        ArgumentListSyntax list => List(list.OpenParenToken, list.Arguments, list.CloseParenToken),
        BracketedArgumentListSyntax list => List(list.OpenBracketToken, list.Arguments, list.CloseBracketToken),
        AttributeArgumentListSyntax list => List(list.OpenParenToken, list.Arguments, list.CloseParenToken),
        _ => null,
    };

    private static ArgumentList List<T>(SyntaxToken open, SeparatedSyntaxList<T> items, SyntaxToken close)
        where T : SyntaxNode =>
        new(open, close, [.. items.GetSeparators()], [.. items]);

    private static bool Spans(ArgumentList list, int position) =>
        list.Open.Span.End <= position && (list.Close.IsMissing || position <= list.Close.SpanStart);

    private static Call? Of(SemanticModel model, SyntaxNode call, ArgumentList list, int position, CancellationToken cancellation)
    {
        var callable = Candidates(model, call, cancellation)
            .Where(one => model.IsAccessible(position, one is IMethodSymbol { ReducedFrom: { } extension } ? extension : one))
            .Distinct(SymbolEqualityComparer.Default).OfType<ISymbol>()
            .OrderBy(one => Parameters(one).Length)
            .ToImmutableArray();
        if (callable.IsEmpty)
        {
            return null;
        }
        var index = list.Commas.Count(comma => comma.Span.End <= position);
        var name = NameOf(list.Items.ElementAtOrDefault(index));
        var given = list.Items.Count(item => !item.Span.IsEmpty);
        var bound = model.GetSymbolInfo(call, cancellation).Symbol;
        var active = callable.FirstOrDefault(one => SymbolEqualityComparer.Default.Equals(one, bound))
            ?? callable.FirstOrDefault(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, bound?.OriginalDefinition))
            ?? callable.FirstOrDefault(one => Takes(model, one, list.Items, index, name, given))
            ?? callable.FirstOrDefault(one => Parameter(one, index, name) is not null)
            ?? callable[^1];
        return new Call(callable, active, Parameter(active, index, name));
    }

    private static IEnumerable<ISymbol> Candidates(SemanticModel model, SyntaxNode call, CancellationToken cancellation) => call switch
    {
        InvocationExpressionSyntax { Expression: var called } => model.GetMemberGroup(called, cancellation) is { IsEmpty: false } group
            ? group
            : model.GetTypeInfo(called, cancellation).Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }
                ? [invoke]
                : model.GetSymbolInfo(called, cancellation).CandidateSymbols.OfType<IMethodSymbol>(),
        BaseObjectCreationExpressionSyntax created => Constructors(model.GetTypeInfo(created, cancellation).Type),
        PrimaryConstructorBaseTypeSyntax { Type: var type } => Constructors(model.GetTypeInfo(type, cancellation).Type),
        ConstructorInitializerSyntax { Parent: { } constructor } =>
            model.GetDeclaredSymbol(constructor, cancellation)?.ContainingType is { } type
                ? Constructors(call.IsKind(SyntaxKind.ThisConstructorInitializer) ? type : type.BaseType)
                : [],
        AttributeSyntax => Constructors(model.GetTypeInfo(call, cancellation).Type),
        ElementAccessExpressionSyntax { Expression: var indexed } => Indexers(model.GetTypeInfo(indexed, cancellation).Type),
        ElementBindingExpressionSyntax { Parent: ConditionalAccessExpressionSyntax { Expression: var indexed } } =>
            Indexers(model.GetTypeInfo(indexed, cancellation).Type),
        _ => [],
    };

    private static ImmutableArray<IMethodSymbol> Constructors(ITypeSymbol? type) =>
        type is INamedTypeSymbol named ? named.InstanceConstructors : [];

    private static IEnumerable<ISymbol> Indexers(ITypeSymbol? type)
    {
        var bases = new List<ITypeSymbol>();
        for (var from = type; from is not null; from = from.BaseType)
        {
            bases.Add(from);
        }
        return bases.Concat(type is { TypeKind: TypeKind.Interface } ? type.AllInterfaces : [])
            .SelectMany(one => one.GetMembers()).OfType<IPropertySymbol>().Where(one => one.IsIndexer);
    }

    // The compiler settles on an overload only for a finished call: before that, the arguments that are there must fit.
    private static bool Takes(SemanticModel model, ISymbol callable, ImmutableArray<SyntaxNode> items, int index, string? name, int given)
    {
        var parameters = Parameters(callable);
        if (Parameter(callable, index, name) is null || parameters.Length < given && parameters is not [.., { IsParams: true }])
        {
            return false;
        }
        return items
            .Select((item, at) => ((item as ArgumentSyntax)?.Expression, Parameter: Parameter(callable, at, NameOf(item))))
            .Where(one => one.Expression is { IsMissing: false, Span.IsEmpty: false })
            .All(one => one.Parameter is { } parameter && (parameter.Type is ITypeParameterSymbol || Converts(model, one.Expression!, parameter)));
    }

    private static bool Converts(SemanticModel model, ExpressionSyntax expression, IParameterSymbol parameter)
    {
        var type = parameter is { IsParams: true, Type: IArrayTypeSymbol array } ? array.ElementType : parameter.Type;
        return model.ClassifyConversion(expression, type) is { Exists: true, IsImplicit: true }
            || model.ClassifyConversion(expression, parameter.Type) is { Exists: true, IsImplicit: true }
            || type is INamedTypeSymbol { IsGenericType: true } && type.TypeKind is TypeKind.Interface or TypeKind.Delegate;
    }

    private static IParameterSymbol? Parameter(ISymbol callable, int index, string? name)
    {
        var parameters = Parameters(callable);
        return name is not null
            ? parameters.FirstOrDefault(one => one.Name == name)
            : parameters.ElementAtOrDefault(index) ?? (parameters is [.., { IsParams: true } rest] ? rest : null);
    }

    private static string? NameOf(SyntaxNode? argument) => argument switch
    {
        ArgumentSyntax { NameColon.Name.Identifier.ValueText: var name } => name,
        AttributeArgumentSyntax { NameColon.Name.Identifier.ValueText: var name } => name,
        _ => null,
    };
}
