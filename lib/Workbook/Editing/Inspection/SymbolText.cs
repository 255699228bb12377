using Microsoft.CodeAnalysis;

namespace Workbook.Editing.Inspection;

/// <summary>A symbol as its declaration would read.</summary>
internal static class SymbolText
{
    private static readonly SymbolDisplayFormat Format = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance
            | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeConstantValue,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.InstanceMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        localOptions: SymbolDisplayLocalOptions.IncludeType | SymbolDisplayLocalOptions.IncludeConstantValue
            | SymbolDisplayLocalOptions.IncludeRef,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral
            | SymbolDisplayMiscellaneousOptions.CollapseTupleTypes);

    // Types are named with their namespace, once, where they are what is asked about.
    private static readonly SymbolDisplayFormat TypeFormat = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: Format.GenericsOptions,
        memberOptions: Format.MemberOptions,
        delegateStyle: Format.DelegateStyle,
        parameterOptions: Format.ParameterOptions,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword,
        miscellaneousOptions: Format.MiscellaneousOptions);

    private static readonly SymbolDisplayFormat OwnNameFormat =
        TypeFormat.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>The declaration in one line, with what the symbol is where that does not show.</summary>
    public static string Of(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol { SpecialType: not SpecialType.None } => symbol.ToDisplayString(OwnNameFormat),
        INamedTypeSymbol { IsAnonymousType: false, TypeKind: not TypeKind.Error, IsTupleType: false } or INamespaceSymbol =>
            symbol.ToDisplayString(TypeFormat),
        _ => Role(symbol) is { } role ? $"({role}) {symbol.ToDisplayString(Format)}" : symbol.ToDisplayString(Format),
    };

    /// <summary>Whether it is a variable of the notebook's, which a compiler sees as a field.</summary>
    public static bool IsVariable(ISymbol symbol) => symbol is IFieldSymbol { IsConst: false, ContainingType.IsScriptClass: true };

    private static string? Role(ISymbol symbol) => symbol switch
    {
        _ when IsVariable(symbol) => "variable",
        IFieldSymbol { IsConst: true, ContainingType.TypeKind: not TypeKind.Enum } or ILocalSymbol { IsConst: true } => "constant",
        IFieldSymbol { ContainingType.TypeKind: not TypeKind.Enum } => "field",
        ILocalSymbol => "local variable",
        IRangeVariableSymbol => "range variable",
        IParameterSymbol => "parameter",
        ITypeParameterSymbol => "type parameter",
        IMethodSymbol { ReducedFrom: not null } => "extension",
        ILabelSymbol => "label",
        _ => null,
    };
}
