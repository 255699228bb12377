using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Workbook.Execution.References;
using Workbook.Execution.Running;

namespace Workbook.Execution.Submissions;

/// <summary>The cells of a session as the compiler sees them: each one stands on what those before it declared.</summary>
/// <param name="folder">Where relative paths in <c>#r</c> and <c>#load</c> start.</param>
/// <param name="references">What the cells reference, and where they are loaded.</param>
internal sealed class SubmissionChain(string folder, SessionReferences references)
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    // Deep recursion in a cell ends in an exception and not with the process.
    private static readonly EmitOptions Emit = new(
        debugInformationFormat: DebugInformationFormat.PortablePdb,
        instrumentationKinds: [InstrumentationKind.StackOverflowProbing]);

    private readonly CSharpCompilationOptions _options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        usings: Usings,
        sourceReferenceResolver: new SourceFileResolver([], folder),
        metadataReferenceResolver: references.Resolver,
        allowUnsafe: true);

    private readonly ReachableCells _cells = new();
    private readonly HeldVariables _held = new();
    private readonly HashSet<MetadataReference> _inherited = [];
    private int _compiled;

    /// <summary>The namespaces that every cell uses, and the class whose functions it can call by their names.</summary>
    public static ImmutableArray<string> Usings { get; } =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(CellFunctions).FullName!,
    ];

    /// <summary>The newest cell, which stands on those before it; null before the first.</summary>
    public CSharpCompilation? Latest => _cells.Latest;

    /// <summary>What the cells that ran so far left, newest first: the object that holds a cell's variables as fields.</summary>
    public IEnumerable<object> States => _cells.States;

    /// <summary>Compiles a cell, on top of those that ran so far.</summary>
    /// <returns>The cell ready to run, or its errors.</returns>
    public (Submission? Submission, ImmutableArray<Diagnostic> Errors) Compile(CellCode cell, CancellationToken cancellation)
    {
        _cells.LetGo();
        var code = UsingVariables.In(cell.Text);
        var written = CSharpSyntaxTree.ParseText(SourceText.From(code.Text, Encoding.UTF8), Script, cell.Path, cancellation);
        var number = ++_compiled;
        var interruptible = InterruptibleCode.In(written);
        var (submission, errors) = Compile(Compilation(interruptible, number), code, cancellation);
        // What does not compile with the checks in it is tried as it is written; errors then have the reader's own columns.
        return submission is null && interruptible != written ? Compile(Compilation(written, number), code, cancellation) : (submission, errors);
    }

    /// <summary>The value of the newest variable of a name; null where there is none.</summary>
    public object? Variable(string name) =>
        States.Select(state => (State: state, Field: state.GetType().GetField(name))).FirstOrDefault(one => one.Field is not null) is { Field: { } field } newest
            ? field.GetValue(newest.State)
            : null;

    /// <summary>Runs a compiled cell; from its first statement on, later cells stand on it.</summary>
    public Task<object?> RunAsync(Submission submission)
    {
        var run = EntryPoint(submission);
        _inherited.UnionWith(submission.Compilation.ExternalReferences);
        _held.LetGo(name => submission.Compilation.ScriptClass!.GetMembers(name).Length > 0);
        var states = _cells.Add(submission);
        var result = run is null ? Task.FromResult<object?>(null) : run(states);
        _held.Add(submission.Used, States.FirstOrDefault());
        return result;
    }

    /// <summary>Disposes of what cells declared by <c>using</c>.</summary>
    public void DisposeOfVariables() => _held.LetGoAll();

    /// <summary>Runs a compiled cell that no later one stands on.</summary>
    public Task<object?> RunAsideAsync(Submission submission) => EntryPoint(submission) is { } run
        ? run(_cells.StatesForOneMore())
        : Task.FromResult<object?>(null);

    private static (Submission? Submission, ImmutableArray<Diagnostic> Errors) Compile(
        CSharpCompilation compilation, UsingVariables code, CancellationToken cancellation)
    {
        if (!HasCode(compilation))
        {
            var problems = Errors(compilation.GetDiagnostics(cancellation));
            return problems.IsEmpty ? (new Submission(compilation, [], []), []) : (null, problems);
        }
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(image, symbols, options: Emit, cancellationToken: cancellation);
        return !emitted.Success ? (null, Errors(emitted.Diagnostics))
            : code.Problems(compilation) is { IsEmpty: false } undisposable ? (null, undisposable)
            : (new Submission(compilation, image.ToArray(), symbols.ToArray()) { Used = code.Variables }, []);
    }

    private Func<object?[], Task<object?>>? EntryPoint(Submission submission) =>
        submission.HasCode ? submission.EntryPoint(references.Context.LoadImage(submission.Image, submission.Symbols)) : null;

    private CSharpCompilation Compilation(SyntaxTree tree, int number) => CSharpCompilation.CreateScriptCompilation(
        string.Create(CultureInfo.InvariantCulture, $"cell#{number}"),
        tree,
        // What a cell references, later ones inherit; repeated, it would be kept once more for every cell.
        FrameworkReferences.All.Concat(references.Packages.References).Except(_inherited),
        _options.WithScriptClassName(string.Create(CultureInfo.InvariantCulture, $"Submission#{number}")),
        Latest,
        typeof(object));

    private static bool HasCode(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.Any(tree => tree.GetCompilationUnitRoot().Members.Count > 0);

    private static ImmutableArray<Diagnostic> Errors(ImmutableArray<Diagnostic> all) =>
        [.. all.Where(one => one.Severity == DiagnosticSeverity.Error)];
}

/// <summary>A cell that has been compiled.</summary>
/// <param name="Compilation">Its compilation, which stands on those of the cells before it.</param>
/// <param name="Image">The assembly; empty where there is nothing to run.</param>
/// <param name="Symbols">The portable PDB that gives its stack frames their lines.</param>
internal sealed record Submission(CSharpCompilation Compilation, byte[] Image, byte[] Symbols)
{
    /// <summary>The variables that it declares by <c>using</c>.</summary>
    public ImmutableArray<UsingVariable> Used { get; init; } = [];

    /// <summary>Whether there is anything to run: usings and directives alone make no assembly.</summary>
    public bool HasCode => Image.Length > 0;

    /// <summary>Whether what the cell left is its result: the value of its last expression, or of a <c>return</c> anywhere in it.</summary>
    /// <remarks>A call that returns nothing and an expression that is null leave the same value; only the compiler knows one from the other.</remarks>
    public bool IsResult(object? value) => value is not null || EndsInExpression();

    private bool EndsInExpression()
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
