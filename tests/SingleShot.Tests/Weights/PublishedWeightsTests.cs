using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Runtime;
using SingleShot.Weights;
using SingleShot.Weights.Naming;
using SingleShot.Weights.Tensors;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Weights;

public sealed class PublishedWeightsTests : IDisposable
{
    private static readonly SsdSpecification Model = Specifications.Small(["a", "b"]);

    private readonly TemporaryFolder _folder = new();
    private readonly SsdNetwork _trained = new(Model, seed: 1);
    private readonly SsdNetwork _fresh = new(Model, seed: 2);
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    private string FilePath => _folder.File("weights.pth");

    public void Dispose()
    {
        _scope.Dispose();
        _trained.Dispose();
        _fresh.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Report_InALine_CountsWhatWasLoadedAndWhatWasNot()
    {
        PublishedWeights.Save(_trained, FilePath);
        using var other = new SsdNetwork(Specifications.Small(["a", "b", "c"]), seed: 3);

        var report = PublishedWeights.Load(other, FilePath, new WeightLoading { Partial = true });

        report.ToString().Should().Be(
            $"{other.state_dict().Count - 8} tensors loaded, by the names of torchvision; 0 missing in the file, 8 of another shape there, 0 that the network has no place for");
    }

    [Theory]
    [InlineData("weights.pth")]
    [InlineData("weights.safetensors")]
    public void SavedWeights_GiveTheSameNetworkAgain(string name)
    {
        PublishedWeights.Save(_trained, _folder.File(name));

        using var loaded = PublishedWeights.LoadNetwork(Model, _folder.File(name));

        Values(loaded).Should().Equal(Values(_trained));
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("model.")]
    [InlineData("state_dict.")]
    [InlineData("checkpoint.model.module.")]
    public void WhateverStandsBeforeTheNames_IsFoundOut(string prefix)
    {
        Write([.. Entries().Select(entry => (prefix + entry.Name, entry.Value)), ("optimizer.state.0.momentum_buffer", ones(3)), ("step", ones(1))]);

        var loaded = PublishedWeights.Load(_fresh, FilePath);

        Values(_fresh).Should().Equal(Values(_trained));
        (loaded.Prefix, loaded.Naming).Should().Be((prefix, NamingScheme.Torchvision));
        loaded.Loaded.Should().Equal(_fresh.state_dict().Keys);
    }

    [Fact]
    public void WeightsThatDoNotFit_AreListed_AndTheNetworkStays()
    {
        var (first, second) = (Entries()[0].Name, Entries()[1].Name);
        Write([.. Entries().Skip(2), (second, ones(7)), ("head.more.weight", ones(3))]);
        var before = Values(_fresh);
        var live = LiveTensors.Count;

        var load = () => PublishedWeights.Load(_fresh, FilePath);

        load.Should().Throw<WeightFileException>().WithMessage(
            $"{FilePath} has the names of torchvision but does not fit the network*Missing (1): {first}. Extra (1): head.more.weight. "
            + $"Of another shape (1): {second} [7], wanted [{string.Join(", ", Entries()[1].Value.shape)}]. *Partial.");
        LiveTensors.Count.Should().Be(live);
        Values(_fresh).Should().Equal(before);
    }

    [Fact]
    public void PartialLoading_LoadsWhatFits_AndSaysWhatDidNot()
    {
        using var other = new SsdNetwork(Specifications.Small(["a", "b", "c", "d"]), seed: 3);
        PublishedWeights.Save(other, FilePath);
        var head = Entries(_fresh).Where(entry => entry.Name.Contains("classification_head")).Select(entry => (entry.Name, entry.Value.Numbers())).ToList();

        var loaded = PublishedWeights.Load(_fresh, FilePath, new WeightLoading { Partial = true });

        loaded.Mismatched.Select(tensor => tensor.Name).Should().Equal(head.Select(entry => entry.Name));
        loaded.Mismatched[0].Wanted[0].Should().Be(4 * 3);
        loaded.Mismatched[0].Found[0].Should().Be(4 * 5);
        (loaded.Missing.Count, loaded.Extra.Count).Should().Be((0, 0));
        foreach (var (name, value) in Entries(_fresh))
        {
            var expected = loaded.Loaded.Contains(name) ? other.state_dict()[name].Numbers() : head.Single(entry => entry.Name == name).Item2;
            value.Numbers().Should().Equal(expected, name);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void WeightsThatAreNotFinite_AreNamed_UnlessAllowed(float bad)
    {
        var name = Entries()[3].Name;
        Write([.. Entries().Select(entry => (entry.Name, entry.Name == name ? full_like(entry.Value, bad) : entry.Value))]);
        var before = Values(_fresh);

        FluentActions.Invoking(() => PublishedWeights.Load(_fresh, FilePath)).Should().Throw<WeightFileException>()
            .WithMessage($"{FilePath} has weights that are NaN or infinite*They are in (1): {name}. *AllowNotFinite*");
        Values(_fresh).Should().Equal(before);

        PublishedWeights.Load(_fresh, FilePath, new WeightLoading { AllowNotFinite = true });
        _fresh.state_dict()[name].Numbers().Should().AllBeEquivalentTo((double)bad);
    }

    [Fact]
    public void OtherPrecisions_AreConverted_AndTooLargeNumbersNamed()
    {
        Write([.. Entries().Select(entry => (entry.Name, entry.Value.is_floating_point() ? entry.Value.to(float64) : entry.Value))]);
        PublishedWeights.Load(_fresh, FilePath);
        Values(_fresh).Should().Equal(Values(_trained));

        Write([.. Entries().Select(entry => (entry.Name, entry.Value.is_floating_point() ? full_like(entry.Value.to(float64), 1e300) : entry.Value))]);
        FluentActions.Invoking(() => PublishedWeights.Load(_fresh, FilePath)).Should().Throw<WeightFileException>().WithMessage("*infinite as Float32*");
        Values(_fresh).Should().Equal(Values(_trained));
    }

    [Fact]
    public void SeveralSetsOfWeights_AreToldApartByTheirPrefix()
    {
        Write([.. Entries(_fresh).Select(entry => ($"model.{entry.Name}", entry.Value)), .. Entries().Select(entry => ($"ema.{entry.Name}", entry.Value))]);

        FluentActions.Invoking(() => PublishedWeights.Load(_fresh, FilePath)).Should().Throw<WeightFileException>()
            .WithMessage("*several sets of weights, under 'model.', 'ema.'*Prefix*");
        PublishedWeights.Load(_fresh, FilePath, new WeightLoading { Prefix = "ema." });

        Values(_fresh).Should().Equal(Values(_trained));
    }

    [Fact]
    public void WeightsOfSomethingElse_AreRefusedWithTheNamesThatAreKnown()
    {
        Write([("encoder.0.weight", ones(2))]);

        FluentActions.Invoking(() => PublishedWeights.Load(_fresh, FilePath)).Should().Throw<WeightFileException>()
            .WithMessage($"{FilePath} has none of the names*first are encoder.0.weight; known are*{Entries()[0].Name} (torchvision)*");
    }

    [Fact]
    public void Vgg16OfTorchvision_FillsTheBaseToConv53_AndItsNotFiniteClassifierIsIgnored()
    {
        using var network = new SsdNetwork(Specifications.Ssd300(["a"]), seed: 4);
        var before = Entries(network).Where(entry => !IsVgg(entry.Name)).ToDictionary(entry => entry.Name, entry => entry.Value.clone());
        var vgg = Entries(network).Where(entry => IsVgg(entry.Name)).ToList();
        // Each convolution of the file is filled with its own number.
        Write([
            .. vgg.Select((entry, i) => (NamingScheme.TorchvisionVgg16.NameOf(entry.Name)!, full_like(entry.Value, i / 2))),
            .. new[] { 0, 3, 6 }.Select(layer => ($"classifier.{layer}.weight", full(2, 2, float.NaN))),
        ]);

        FluentActions.Invoking(() => PublishedWeights.Load(network, FilePath)).Should().Throw<WeightFileException>()
            .WithMessage("*names of torchvision's VGG16: load it by LoadBackbone.");
        var loaded = PublishedWeights.LoadBackbone(network, FilePath);

        loaded.Loaded.Should().HaveCount(26);
        foreach (var (i, (name, value)) in vgg.Index())
        {
            (value.min().item<float>(), value.max().item<float>()).Should().Be((i / 2, i / 2), name);
        }
        foreach (var (name, value) in before)
        {
            network.state_dict()[name].Equals(value).Should().BeTrue(name);
        }
    }

    [Fact]
    public void WeightsByOtherNames_ArriveWhereTheyWere()
    {
        var model = Specifications.Ssd300(["a"]);
        using var network = new SsdNetwork(model, seed: 4);
        PublishedWeights.Save(network, FilePath, NamingScheme.Amdegroot);

        using var loaded = PublishedWeights.LoadNetwork(model, FilePath);

        foreach (var (name, value) in Entries(loaded))
        {
            value.Equals(network.state_dict()[name]).Should().BeTrue(name);
        }
    }

    [Fact]
    public void SchemeWithoutNamesForTheNetwork_IsRefused() => FluentActions.Invoking(() => PublishedWeights.Save(_trained, FilePath, NamingScheme.Lufficc))
        .Should().Throw<ArgumentException>().WithMessage("lufficc/SSD has no name for*Small SSD 96*");

    private static bool IsVgg(string name) => name.StartsWith("backbone.features.", StringComparison.Ordinal)
        || (name.StartsWith("backbone.extra.0.", StringComparison.Ordinal) && !name.StartsWith("backbone.extra.0.7.", StringComparison.Ordinal));

    private List<(string Name, Tensor Value)> Entries(SsdNetwork? network = null) => [.. (network ?? _trained).state_dict().Select(entry => (entry.Key, entry.Value))];

    private void Write(IReadOnlyList<(string, Tensor)> tensors) => WeightFile.Write(FilePath, tensors);

    private double[] Values(SsdNetwork network) => [.. Entries(network).SelectMany(entry => entry.Value.Numbers())];
}
