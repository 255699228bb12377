using AwesomeAssertions;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Runtime.Native;

/// <summary>Something of which libtorch warns.</summary>
public class InnerGradientTests
{
    [Fact]
    public void TensorThatWasComputed_HasNoGradient()
    {
        using var scope = NewDisposeScope();
        var leaf = ones(2, requires_grad: true);
        var inner = leaf.exp();
        inner.sum().backward();

        (inner.grad is null).Should().BeTrue();
    }
}
