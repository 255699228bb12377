using Xunit;

namespace SingleShot.Tests;

/// <summary>Tests that measure the whole process, and so must not run beside others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
