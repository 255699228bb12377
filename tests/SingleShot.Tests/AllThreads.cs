using TorchSharp;
using Xunit;

namespace SingleShot.Tests;

/// <summary>Tests of what libtorch computes with as many threads as a program has by itself, one after another: elsewhere tests have one thread each.</summary>
[CollectionDefinition(nameof(AllThreads), DisableParallelization = true)]
public sealed class AllThreads : ICollectionFixture<AllThreads>, IDisposable
{
    public AllThreads() => torch.set_num_threads(Environment.ProcessorCount);

    public void Dispose() => torch.set_num_threads(1);
}
