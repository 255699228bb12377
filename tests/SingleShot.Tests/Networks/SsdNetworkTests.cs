using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Networks;

public class SsdNetworkTests
{
    private static readonly string[] Coco = [.. Enumerable.Range(1, 90).Select(i => $"class {i}")];

    [Fact]
    public void Ssd300_HasTorchvisionsNamesAndShapes() => ShouldBeTorchvisions(Specifications.Ssd300(Coco), "ssd300_vgg16", 35_641_826);

    [Fact]
    public void SsdLite320_HasTorchvisionsNamesAndShapes() =>
        ShouldBeTorchvisions(Specifications.SsdLite320(Coco), "ssdlite320_mobilenet_v3_large", 3_440_060);

    [Fact]
    public void EverySpecification_PredictsForEachOfItsDefaultBoxes()
    {
        string[] classes = ["a", "b", "c"];
        SsdSpecification[] models =
        [
            Specifications.Small(classes), Specifications.Small(classes, 192), Specifications.Small(classes, 384), Specifications.Ssd300(classes), Specifications.Ssd300WithoutBackground(classes), Specifications.Ssd512(classes), Specifications.SsdLite320(classes),
        ];
        foreach (var model in models)
        {
            using var scope = NewDisposeScope();
            using var gradients = no_grad();
            using var network = new SsdNetwork(model, seed: 0);
            network.eval();

            var (offsets, scores) = network.call(rand(1, 3, model.InputSize, model.InputSize));

            offsets.shape.Should().Equal([1, model.BoxCount, 4], model.Name);
            scores.shape.Should().Equal([1, model.BoxCount, model.ScoreCount], model.Name);
        }
    }

    [Fact]
    public void SameSeed_GivesTheSameWeights()
    {
        using var scope = NewDisposeScope();
        static double Sum(int seed)
        {
            using var network = new SsdNetwork(Specifications.Small(["a"]), seed);
            return network.parameters().Sum(parameter => parameter.abs().sum().item<float>());
        }

        Sum(7).Should().Be(Sum(7)).And.NotBe(Sum(8));
    }

    [Fact]
    public void InputOfAnotherSize_IsRefusedWithBothShapes()
    {
        using var network = new SsdNetwork(Specifications.Small(["a"]), seed: 0);
        var call = () => network.call(zeros(1, 3, 64, 96));

        call.Should().Throw<ArgumentException>().WithMessage("*[N, 3, 96, 96], not [1, 3, 64, 96]*");
    }

    [Fact]
    public void MapsOfAnotherSizeThanSaid_AreRefused()
    {
        var model = Specifications.Small(["a"]);
        using var network = new SsdNetwork(model with { Maps = [model.Maps[0] with { Size = 13 }, .. model.Maps.Skip(1)] }, seed: 0);
        var call = () => network.call(zeros(1, 3, 96, 96));

        call.Should().Throw<ArgumentException>().WithMessage("*13, 6, 3, 1 cells wide*12, 6, 3, 1*");
    }

    [Fact]
    public void Specification_SurvivesJson()
    {
        var model = Specifications.Ssd300WithoutBackground(["a", "b"]);

        SsdSpecification.FromJson(model.ToJson()).ToJson().Should().Be(model.ToJson());
    }

    [Fact]
    public void JsonThatIsNoSpecification_IsRefused()
    {
        var read = () => SsdSpecification.FromJson("{\"Name\": 3}");

        read.Should().Throw<InvalidDataException>().WithMessage("Not a model's specification*");
    }

    [Fact]
    public void NoClasses_AreRefused()
    {
        var make = () => new SsdNetwork(Specifications.Small([]), seed: 0);

        make.Should().Throw<ArgumentException>().WithMessage("Small SSD 96 has no classes*");
    }

    [Fact]
    public void JsonWithANullForAList_IsRefused()
    {
        var json = Specifications.Small(["a"]).ToJson().Replace("\"Mean\": [", "\"Mean\": null, \"Other\": [", StringComparison.Ordinal);
        var read = () => SsdSpecification.FromJson(json);

        read.Should().Throw<InvalidDataException>().WithMessage("Not a model's specification*Mean*");
    }

    private static void ShouldBeTorchvisions(SsdSpecification model, string name, long parameters)
    {
        using var scope = NewDisposeScope();
        var expected = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Torchvision", $"{name}-names.txt"));
        using var network = new SsdNetwork(model, seed: 0);

        var names = network.state_dict().Select(entry => $"{entry.Key} {string.Join(",", entry.Value.shape)}");

        names.Order(StringComparer.Ordinal).Should().Equal(expected.Order(StringComparer.Ordinal)); // TorchSharp lists buffers last
        network.parameters().Sum(parameter => parameter.numel()).Should().Be(parameters);
    }
}
