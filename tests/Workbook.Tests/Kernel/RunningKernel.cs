namespace Workbook.Tests.Kernel;

/// <summary>A kernel for the tests of a class that leave it alive.</summary>
public sealed class RunningKernel : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<KernelProcess> _process;

    public RunningKernel() => _process = new Lazy<KernelProcess>(() => new KernelProcess(_folder.Path));

    internal KernelProcess Process => _process.Value;

    internal string Folder => _folder.Path;

    internal KernelClient Connect()
    {
        var client = new KernelClient(Process);
        client.WaitUntilReady();
        return client;
    }

    public void Dispose()
    {
        if (_process.IsValueCreated)
        {
            _process.Value.Dispose();
        }
        _folder.Dispose();
    }
}
