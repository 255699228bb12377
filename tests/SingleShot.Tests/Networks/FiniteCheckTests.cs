using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Runtime;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Networks;

public class FiniteCheckTests
{
    private static readonly SsdSpecification Model = Specifications.Small(["a", "b"]);

    [Fact]
    public void SoundNetwork_HasNothingToFind()
    {
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Model, seed: 1);

        var report = FiniteCheck.Of(network, rand(2, 3, 96, 96));

        report.IsFinite.Should().BeTrue();
        report.ToString().Should().StartWith("Everything is finite");
    }

    [Fact]
    public void NaNInParameters_IsNamed_WithItsCountAndTheNumberOfOthers()
    {
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Model, seed: 1);
        Put(network, "backbone.features.3.weight", double.NaN, 3);
        Put(network, "head.regression_head.module_list.1.bias", double.PositiveInfinity, 1);

        var report = FiniteCheck.Of(network, zeros(1, 3, 96, 96));

        report.Should().BeEquivalentTo(
            new FiniteReport(NotFinitePlace.Parameter, "backbone.features.3.weight", 3, 32 * 24 * 9) { Others = 1 });
        report.ToString().Should().StartWith("Parameter backbone.features.3.weight is NaN or infinite in 3 of 6912 numbers, and 1 more tensor, before anything ran:");
    }

    [Fact]
    public void NaNInABuffer_IsNamed()
    {
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Model, seed: 1);
        Put(network, "backbone.features.4.running_var", double.NaN, 2);

        var report = FiniteCheck.Of(network, zeros(1, 3, 96, 96));

        (report.Place, report.Name, report.Count, report.Total).Should().Be((NotFinitePlace.Buffer, "backbone.features.4.running_var", 2, 32));
    }

    [Fact]
    public void NaNInTheInput_IsFoundByItsPicture()
    {
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Model, seed: 1);
        var input = zeros(3, 3, 96, 96);
        input[1, 0, 5, 7] = double.NaN;
        input[2, 2, 0, 0] = double.NegativeInfinity;

        var report = FiniteCheck.Of(network, input);

        (report.Place, report.Count, report.Total, report.Picture).Should().Be((NotFinitePlace.Input, 2, 3 * 3 * 96 * 96, 1));
        report.ToString().Should().Contain("first in picture 1 of the batch");
    }

    [Fact]
    public void LayerThatOverflows_IsNamed_ThoughItsWeightsAndInputAreFinite()
    {
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Model, seed: 1);
        network.eval();
        using (no_grad())
        {
            network.state_dict()["backbone.features.3.weight"].fill_(3e38f);
        }

        var report = FiniteCheck.Of(network, rand(1, 3, 96, 96));

        (report.Place, report.Name, report.LayerType, report.InputsFinite).Should().Be((NotFinitePlace.Layer, "backbone.features.3", "Conv2d", true));
        report.Count.Should().BePositive();
        report.ToString().Should().StartWith("NaN or infinity begins in layer backbone.features.3 (Conv2d):");
    }

    [Fact]
    public void ComputationThatIsNoLayer_IsToldByTheLayerAfterIt()
    {
        using var scope = NewDisposeScope();
        using var network = new Between(rootOf: true);

        var report = FiniteCheck.Of(network, full(1, 2, -1f));

        (report.Place, report.Name, report.InputsFinite).Should().Be((NotFinitePlace.Layer, "_after", false));
        report.ToString().Should().Contain("just before layer _after (Linear), in a computation that is no layer");
    }

    [Fact]
    public void ComputationAfterTheLastLayer_IsTheNetworksOwn()
    {
        using var scope = NewDisposeScope();
        using var network = new Between(rootOf: false);

        var report = FiniteCheck.Of(network, full(1, 2, 1f));

        (report.Place, report.Name, report.InputsFinite).Should().Be((NotFinitePlace.Layer, "", true));
        report.ToString().Should().StartWith("NaN or infinity begins in the network itself, Between,");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Network_IsLeftAsItWas(bool training)
    {
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Model, seed: 1);
        var input = rand(2, 3, 96, 96);
        network.train();
        network.call(input).Scores.sum().backward(); // statistics and gradients of its own
        network.train(training);
        var (before, gradients) = (State(network), Gradients(network));
        var tensors = LiveTensors.Count;

        FiniteCheck.Of(network, input).IsFinite.Should().BeTrue();

        LiveTensors.Count.Should().Be(tensors);
        network.training.Should().Be(training);
        network.modules().Should().OnlyContain(module => module.training == training);
        State(network).Should().Equal(before);
        Gradients(network).Should().Equal(gradients);
    }

    [Fact]
    public void InputOfAnotherShape_IsRefused_AndTheNetworkIsAsItWas()
    {
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Model, seed: 1);
        var before = State(network);

        FluentActions.Invoking(() => FiniteCheck.Of(network, zeros(1, 3, 64, 64))).Should().Throw<ArgumentException>();

        State(network).Should().Equal(before);
    }

    [Fact]
    public void NaNThatComesInTrainingOnly_IsFoundInThatMode()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(("first", nn.Linear(2, 2)), ("second", new InTrainingOnly()));

        FiniteCheck.Of(network, ones(1, 2)).Name.Should().Be("second");
        network.eval();
        FiniteCheck.Of(network, ones(1, 2)).IsFinite.Should().BeTrue();
    }

    private static void Put(SsdNetwork network, string name, double value, int count)
    {
        using var gradients = no_grad();
        network.state_dict()[name].flatten()[..count] = value;
    }

    private static double[] State(SsdNetwork network) => [.. network.state_dict().Values.SelectMany(value => value.detach().Numbers())];

    private static double[] Gradients(SsdNetwork network) => [.. network.parameters().SelectMany(parameter => parameter.grad?.Numbers() ?? [])];

    /// <summary>A layer, and the logarithm of something negative before it or after it.</summary>
    private sealed class Between : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear _after = nn.Linear(2, 2);
        private readonly bool _rootOf;

        public Between(bool rootOf) : base(nameof(Between))
        {
            _rootOf = rootOf;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _rootOf ? _after.call(input.sqrt()) : _after.call(input).abs().neg().sub(ones(1)).sqrt();
    }

    private sealed class InTrainingOnly() : nn.Module<Tensor, Tensor>(nameof(InTrainingOnly))
    {
        public override Tensor forward(Tensor input) => training ? full_like(input, float.NaN) : input.alias();
    }
}
