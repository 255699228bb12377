using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Workbook.Editing.Context;

/// <summary>Finds the types declared by cells inside signatures.</summary>
internal static class ScriptTypes
{
    /// <summary>The types declared by cells that a declaration's signature names; of a type, its members' signatures, too.</summary>
    public static ImmutableHashSet<INamedTypeSymbol> NeededBy(ISymbol symbol)
    {
        var found = ImmutableHashSet.CreateBuilder<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        Signature(symbol, found);
        if (symbol is INamedTypeSymbol own)
        {
            found.Remove(own);
        }
        return found.ToImmutable();
    }

    private static void Signature(ISymbol symbol, ImmutableHashSet<INamedTypeSymbol>.Builder found)
    {
        switch (symbol)
        {
            case IFieldSymbol field:
                Mentioned(field.Type, found);
                break;
            case IEventSymbol one:
                Mentioned(one.Type, found);
                break;
            case IPropertySymbol property:
                Mentioned(property.Type, found);
                Parameters(property.Parameters, found);
                break;
            case IMethodSymbol method:
                Mentioned(method.ReturnType, found);
                Parameters(method.Parameters, found);
                break;
            case INamedTypeSymbol type:
                Mentioned(type.BaseType, found);
                foreach (var other in type.Interfaces)
                {
                    Mentioned(other, found);
                }
                foreach (var member in type.GetMembers())
                {
                    Signature(member, found);
                }
                break;
        }
    }

    private static void Parameters(ImmutableArray<IParameterSymbol> parameters, ImmutableHashSet<INamedTypeSymbol>.Builder found)
    {
        foreach (var parameter in parameters)
        {
            Mentioned(parameter.Type, found);
        }
    }

    private static void Mentioned(ITypeSymbol? type, ImmutableHashSet<INamedTypeSymbol>.Builder found)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                Mentioned(array.ElementType, found);
                break;
            case IPointerTypeSymbol pointer:
                Mentioned(pointer.PointedAtType, found);
                break;
            case INamedTypeSymbol named:
                if (named.ContainingType?.IsScriptClass == true)
                {
                    found.Add(named.OriginalDefinition);
                }
                else
                {
                    Mentioned(named.ContainingType, found);
                }
                foreach (var argument in named.TypeArguments)
                {
                    Mentioned(argument, found);
                }
                break;
        }
    }
}
