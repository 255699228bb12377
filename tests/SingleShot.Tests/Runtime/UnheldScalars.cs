using Mono.Cecil;
using Mono.Cecil.Cil;
using TorchSharp;

namespace SingleShot.Tests.Runtime;

/// <summary>Finds in compiled code the calls by which TorchSharp makes a number that nothing holds.</summary>
/// <remarks>
/// Such a call makes a <see cref="Scalar"/>, or it calls a method of TorchSharp that makes one inside, itself or through others.
/// Which methods those are is read from TorchSharp's own code, so that a new version of it needs no new list. A class whose overrides
/// make numbers, as an optimizer's step and a layer's forward pass do, counts from its constructor on: who calls an override cannot
/// be seen in compiled code. The few methods that hold their number count as well.
/// An analyzer that bans symbols would say the same while one types, but version 5.6.0 of it does not see <c>a += b</c>.
/// </remarks>
internal static class UnheldScalars
{
    private static readonly DefaultAssemblyResolver Resolver = new();
    private static readonly HashSet<MethodDefinition> Makers = MakersOf(ReadTorchSharp());

    /// <summary>The calls in an assembly, each as its caller and what it calls.</summary>
    /// <param name="one">A type of the assembly.</param>
    /// <param name="mayMake">The type that may make numbers, for it holds them; it may not call what makes them inside, either.</param>
    public static IReadOnlyList<string> In(Type one, Type? mayMake = null)
    {
        using var module = Read(one);
        return [.. Calls(module)
            .Where(call => Makes(call.Callee) ? call.Caller.DeclaringType.FullName != mayMake?.FullName : InTorchSharp(call.Callee) is { } callee && Makers.Contains(callee))
            .Select(call => $"{call.Caller.DeclaringType.FullName}.{call.Caller.Name} calls {Text(call.Callee)}")
            .Distinct()];
    }

    private static ModuleDefinition ReadTorchSharp()
    {
        Resolver.AddSearchDirectory(AppContext.BaseDirectory);
        return Resolver.Resolve(AssemblyNameReference.Parse(typeof(torch).Assembly.FullName)).MainModule;
    }

    private static ModuleDefinition Read(Type one) =>
        ModuleDefinition.ReadModule(one.Assembly.Location, new ReaderParameters { AssemblyResolver = Resolver });

    private static HashSet<MethodDefinition> MakersOf(ModuleDefinition torchSharp)
    {
        var makers = new HashSet<MethodDefinition>();
        var callers = new Dictionary<MethodDefinition, List<MethodDefinition>>();
        var left = new Stack<MethodDefinition>();
        foreach (var (caller, callee, creates) in Calls(torchSharp).Where(call => call.Caller.DeclaringType.FullName != typeof(Scalar).FullName))
        {
            if (Makes(callee))
            {
                Add(caller);
            }
            else if (InTorchSharp(callee) is { } method)
            {
                foreach (var reached in creates ? Overrides(method.DeclaringType).Append(method) : [method])
                {
                    (callers.TryGetValue(reached, out var list) ? list : callers[reached] = []).Add(caller);
                }
            }
        }
        while (left.TryPop(out var maker))
        {
            callers.GetValueOrDefault(maker)?.ForEach(Add);
        }
        return makers;

        void Add(MethodDefinition maker)
        {
            if (makers.Add(maker))
            {
                left.Push(maker);
            }
        }
    }

    private static IEnumerable<(MethodDefinition Caller, MethodReference Callee, bool Creates)> Calls(ModuleDefinition module) =>
        from type in module.GetTypes()
        from caller in type.Methods
        where caller.HasBody
        from instruction in caller.Body.Instructions
        where instruction.Operand is MethodReference
        select (caller, (MethodReference)instruction.Operand, instruction.OpCode == OpCodes.Newobj);

    private static bool Makes(MethodReference method) => method.ReturnType.FullName == typeof(Scalar).FullName
        || (method.DeclaringType.FullName == typeof(Scalar).FullName && method.Name == ".ctor");

    private static MethodDefinition? InTorchSharp(MethodReference method) => IsTorchSharp(method.DeclaringType) ? method.Resolve() : null;

    private static bool IsTorchSharp(TypeReference type) => !type.IsArray && type.Scope.Name is "TorchSharp" or "TorchSharp.dll";

    /// <summary>What runs in an object of a class without being called by name, for a class of TorchSharp declares it virtual; of an iterator, all.</summary>
    private static IEnumerable<MethodDefinition> Overrides(TypeDefinition type)
    {
        List<TypeDefinition> classes = [];
        for (TypeReference? one = type; one is not null && IsTorchSharp(one); one = classes[^1].BaseType)
        {
            classes.Add(one.Resolve());
        }
        var declared = classes.SelectMany(one => one.Methods).Where(method => method.IsVirtual && method.IsNewSlot).Select(method => method.Name).ToHashSet();
        return type.Name.StartsWith('<')
            ? type.Methods
            : classes.SelectMany(one => one.Methods).Where(method => method.IsVirtual && declared.Contains(method.Name) && method.Name != nameof(IDisposable.Dispose));
    }

    private static string Text(MethodReference method) =>
        $"{method.DeclaringType.Name}.{method.Name}({string.Join(", ", method.Parameters.Select(parameter => parameter.ParameterType.Name))})";
}
