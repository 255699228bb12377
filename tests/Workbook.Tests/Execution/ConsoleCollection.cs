namespace Workbook.Tests.Execution;

/// <summary>The console and the working folder are the process's: tests that run cells run one at a time.</summary>
[Xunit.CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConsoleCollection
{
    public const string Name = "console";
}
