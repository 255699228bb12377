using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Networks;

public class BatchNormalizationTests
{
    [Fact]
    public void OneValuePerChannel_IsRefusedInTraining_AndNothingChanges()
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNormalization(4);
        layer.train();

        FluentActions.Invoking(() => layer.call(ones(1, 4, 1, 1))).Should().Throw<ArgumentException>()
            .WithMessage("*expected more than 1 value per channel when training*[1, 4, 1, 1]*at least 2 pictures*");

        layer.state_dict()["num_batches_tracked"].Integers().Should().Equal(0);
        layer.state_dict()["running_var"].Numbers().Should().Equal(1, 1, 1, 1);
        layer.call(ones(2, 4, 1, 1)).shape.Should().Equal(2, 4, 1, 1);
        layer.eval();
        layer.call(ones(1, 4, 1, 1)).shape.Should().Equal(1, 4, 1, 1);
    }

    [Fact]
    public void SsdLiteInTraining_RefusesABatchOfOnePicture_ByTheLayersName()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var network = new SsdNetwork(Specifications.SsdLite320(["a"]), seed: 1);

        FluentActions.Invoking(() => network.call(zeros(1, 3, 320, 320))).Should().Throw<ArgumentException>()
            .WithMessage("backbone.extra.3.1.1 expected more than 1 value per channel*");
    }
}
