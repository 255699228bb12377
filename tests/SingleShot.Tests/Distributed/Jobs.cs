using Xunit;

namespace SingleShot.Tests.Distributed;

/// <summary>Tests that start several processes, one test after another, and not beside other tests.</summary>
[CollectionDefinition(nameof(Jobs), DisableParallelization = true)]
public sealed class Jobs : ICollectionFixture<JobFolder>;
