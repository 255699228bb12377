using System.Text.RegularExpressions;
using AwesomeAssertions;
using Workbook.Kernelspecs;
using Xunit;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>Jupyter's own test suite for kernels.</summary>
[Trait("Needs", "jupyter")]
public sealed partial class ConformanceTests(JupyterClients jupyter, ITestOutputHelper output) : IClassFixture<JupyterClients>
{
    [Fact]
    public async Task Kernel_PassesEveryTestOfJupytersSuite()
    {
        await JupyterClients.NeedAsync("jupyter_kernel_test", "python3-jupyter-kernel-test");
        var (exit, text) = await jupyter.PythonAsync(Path.GetTempPath(), JupyterClients.Script("conformance.py"), KernelspecInstaller.DefaultName);
        output.WriteLine(text);
        exit.Should().Be(0, text);
        // A test without a sample skips itself. Pages of help, which open beside the notebook, are IPython's own.
        Skipped().Matches(text).Select(match => match.Groups["name"].Value).Should().Equal("test_pager");
        Passed().Count(text).Should().BeGreaterThanOrEqualTo(11);
    }

    [GeneratedRegex(@"(?m)^(?<name>test_\w+) .* \.\.\. skipped")]
    private static partial Regex Skipped();

    [GeneratedRegex(@"(?m)^test_\w+ .* \.\.\. ok\s*$")]
    private static partial Regex Passed();
}
