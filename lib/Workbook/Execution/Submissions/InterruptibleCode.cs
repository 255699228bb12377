using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Execution.Running;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Workbook.Execution.Submissions;

/// <summary>
/// Lets a cell be stopped: every turn of its loops checks whether it must, and every await waits no longer than until it must. After those
/// of its own statements it goes on where a wait that blocks can be broken off, too. No line changes its number.
/// </summary>
internal sealed class InterruptibleCode : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax Check = ParseStatement($"global::{typeof(Interruption).FullName}.{nameof(Interruption.Check)}();");
    private static readonly ExpressionSyntax WaitOn = ParseExpression($"global::{typeof(InterruptibleWait).FullName}.{nameof(InterruptibleWait.On)}");
    private static readonly ExpressionSyntax OnOwnThread = ParseExpression($"global::{typeof(OwnThread).FullName}.{nameof(OwnThread.After)}");
    private static readonly ExpressionSyntax WaitOnEach = ParseExpression($"global::{typeof(InterruptibleWait).FullName}.{nameof(InterruptibleWait.Each)}");

    /// <summary>The same code with the checks in place; the same tree where it has neither loops nor awaits.</summary>
    public static SyntaxTree In(SyntaxTree tree)
    {
        var root = tree.GetRoot();
        var changed = new InterruptibleCode().Visit(root);
        return ReferenceEquals(root, changed) ? tree : tree.WithRootAndOptions(changed, tree.Options);
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) =>
        base.VisitWhileStatement(node) is WhileStatementSyntax loop ? loop.WithStatement(Checked(loop.Statement)) : node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node) =>
        base.VisitDoStatement(node) is DoStatementSyntax loop ? loop.WithStatement(Checked(loop.Statement)) : node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitForStatement(ForStatementSyntax node) =>
        base.VisitForStatement(node) is ForStatementSyntax loop ? loop.WithStatement(Checked(loop.Statement)) : node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) =>
        base.VisitForEachStatement(node) is ForEachStatementSyntax loop
            ? loop.WithStatement(Checked(loop.Statement)).WithExpression(Elements(loop))
            : node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node) =>
        base.VisitForEachVariableStatement(node) is ForEachVariableStatementSyntax loop
            ? loop.WithStatement(Checked(loop.Statement)).WithExpression(Elements(loop))
            : node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) =>
        base.VisitGotoStatement(node) is StatementSyntax jump ? Block(Check, jump) : node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitAwaitExpression(AwaitExpressionSyntax node) =>
        base.VisitAwaitExpression(node) is not AwaitExpressionSyntax wait ? node
            : IsOfStatement(node) ? wait.WithExpression(Call(OnOwnThread, Call(WaitOn, wait.Expression)))
            : wait.WithExpression(Call(WaitOn, wait.Expression));

    // Of the cell itself, and of no function in it.
    private static bool IsOfStatement(SyntaxNode node) => !node.Ancestors().Any(one =>
        one is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax
        or MemberDeclarationSyntax and not GlobalStatementSyntax and not FieldDeclarationSyntax);

    private static ExpressionSyntax Elements(CommonForEachStatementSyntax loop) =>
        loop.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword) ? Call(WaitOnEach, loop.Expression) : loop.Expression;

    // With a blank before it: await and what it waits for need not have one between them.
    private static InvocationExpressionSyntax Call(ExpressionSyntax method, ExpressionSyntax argument) =>
        InvocationExpression(method.WithLeadingTrivia(Space), ArgumentList(SingletonSeparatedList(Argument(argument))));

    private static BlockSyntax Checked(StatementSyntax body) => body is BlockSyntax block
        ? block.WithStatements(block.Statements.Insert(0, Check))
        : Block(Check, body);
}
