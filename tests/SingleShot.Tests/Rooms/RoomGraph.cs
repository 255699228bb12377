using Mono.Cecil;

namespace SingleShot.Tests.Rooms;

/// <summary>Which rooms of some assemblies lean on which, read from their compiled code: a room is a namespace, and so a folder.</summary>
internal sealed class RoomGraph
{
    private readonly SortedDictionary<string, SortedSet<string>> _leansOn = new(StringComparer.Ordinal);

    /// <param name="assembly">Path of the assembly.</param>
    /// <param name="room">The room of a namespace; what belongs to the same room does not count.</param>
    public RoomGraph(string assembly, Func<string, string> room)
        : this([assembly], room)
    {
    }

    /// <param name="assemblies">Paths of the assemblies; a namespace of several of them is one room.</param>
    /// <param name="room">The room of a namespace; what belongs to the same room does not count.</param>
    public RoomGraph(IReadOnlyList<string> assemblies, Func<string, string> room)
    {
        var names = assemblies.Select(Path.GetFileNameWithoutExtension).ToHashSet();
        foreach (var assembly in assemblies)
        {
            using var module = ModuleDefinition.ReadModule(assembly);
            foreach (var type in WithNested(module.Types))
            {
                var from = room(Namespace(type));
                foreach (var used in Used(type).SelectMany(Parts).Where(used => !used.IsGenericParameter && IsOf(used.Scope, module, names)))
                {
                    var to = room(Namespace(used));
                    if (from.Length > 0 && to.Length > 0 && from != to)
                    {
                        _leansOn.TryAdd(from, new(StringComparer.Ordinal));
                        _leansOn[from].Add(to);
                    }
                }
            }
        }
    }

    /// <summary>The rooms that there are.</summary>
    public IEnumerable<string> Rooms => _leansOn.SelectMany(entry => entry.Value.Append(entry.Key)).Distinct();

    /// <summary>The rooms that a room leans on.</summary>
    public IEnumerable<string> LeansOn(string room) => _leansOn.TryGetValue(room, out var others) ? others : [];

    /// <summary>The arrows that are part of a circle, each as <c>from -> to</c>.</summary>
    public IReadOnlyList<string> Circles =>
        [.. _leansOn.SelectMany(entry => entry.Value.Where(to => Reaches(to, entry.Key, [])).Select(to => $"{entry.Key} -> {to}"))];

    private bool Reaches(string from, string to, HashSet<string> seen) =>
        _leansOn.TryGetValue(from, out var next) && (next.Contains(to) || next.Any(one => seen.Add(one) && Reaches(one, to, seen)));

    private static bool IsOf(IMetadataScope scope, ModuleDefinition module, HashSet<string?> names) =>
        scope == module || (scope is AssemblyNameReference assembly && names.Contains(assembly.Name));

    private static IEnumerable<TypeDefinition> WithNested(IEnumerable<TypeDefinition> types) => types.SelectMany(type => WithNested(type.NestedTypes).Prepend(type));

    private static string Namespace(TypeReference type) => type.DeclaringType is null ? type.Namespace : Namespace(type.DeclaringType);

    /// <summary>A constructed type and what it is constructed of.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Concat(Parts(generic.ElementType)),
        TypeSpecification constructed => Parts(constructed.ElementType),
        _ => [type],
    };

    private static IEnumerable<TypeReference?> Used(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(one => one.InterfaceType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Methods.Select(method => method.ReturnType),
        .. type.Methods.SelectMany(method => method.Parameters).Select(parameter => parameter.ParameterType),
        .. type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Variables).Select(variable => variable.VariableType),
        .. type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions)
            .Select(instruction => instruction.Operand is TypeReference named ? named : (instruction.Operand as MemberReference)?.DeclaringType),
    ];
}
