using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Models;

public class SpecificationsTests
{
    private static readonly string[] Voc = [.. Enumerable.Range(1, 20).Select(i => $"class {i}")];

    [Fact]
    public void Ssd512_HasTheAuthorsMapsAndBoxes()
    {
        var model = Specifications.Ssd512(Voc);

        model.Maps.Select(map => map.Size).Should().Equal(64, 32, 16, 8, 4, 2, 1);
        model.Maps.Select(map => map.Step).Should().Equal(8, 16, 32, 64, 128, 256, 512);
        model.Maps.Select(map => map.BoxesPerCell).Should().Equal(4, 6, 6, 6, 6, 4, 4);
        model.Maps.Select(map => map.BoxCount).Should().Equal(16384, 6144, 1536, 384, 96, 16, 4);
        model.BoxCount.Should().Be(24_564);
    }

    [Fact]
    public void Ssd512_HasTheAuthorsLayers()
    {
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Specifications.Ssd512(Voc), seed: 0);
        var shapes = network.state_dict().ToDictionary(entry => entry.Key, entry => string.Join(",", entry.Value.shape));
        string[] Weights(string prefix) =>
            [.. shapes.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal) && entry.Key.EndsWith("weight", StringComparison.Ordinal)).Select(entry => entry.Value)];

        // conv6_1 and conv6_2 to conv10_1 and conv10_2, the last 4 x 4.
        Enumerable.Range(1, 5).SelectMany(i => Weights($"backbone.extra.{i}.")).Should().Equal(
            "256,1024,1,1", "512,256,3,3", "128,512,1,1", "256,128,3,3", "128,256,1,1", "256,128,3,3",
            "128,256,1,1", "256,128,3,3", "128,256,1,1", "256,128,4,4");
        Weights("head.classification_head.").Should().Equal(
            "84,512,3,3", "126,1024,3,3", "126,512,3,3", "126,256,3,3", "126,256,3,3", "84,256,3,3", "84,256,3,3");
        Weights("head.regression_head.").Should().Equal(
            "16,512,3,3", "24,1024,3,3", "24,512,3,3", "24,256,3,3", "24,256,3,3", "16,256,3,3", "16,256,3,3");
        shapes["backbone.extra.0.7.1.weight"].Should().Be("1024,512,3,3");
    }

    // The authors' min_sizes and max_sizes, in pixels of the input.
    [Theory]
    [InlineData("SSD300 VOC", 30.0, 60.0, 111.0, 162.0, 213.0, 264.0, 315.0)]
    [InlineData("SSD300 COCO", 21.0, 45.0, 99.0, 153.0, 207.0, 261.0, 315.0)]
    [InlineData("SSD512 VOC", 35.84, 76.8, 153.6, 230.4, 307.2, 384.0, 460.8, 537.6)]
    [InlineData("SSD512 COCO", 20.48, 51.2, 133.12, 215.04, 296.96, 378.88, 460.8, 542.72)]
    public void Scales_AreTheAuthors(string name, params double[] pixels)
    {
        var model = name switch
        {
            "SSD300 VOC" => Specifications.Ssd300Voc(Voc),
            "SSD300 COCO" => Specifications.Ssd300(Voc),
            "SSD512 VOC" => Specifications.Ssd512Voc(Voc),
            _ => Specifications.Ssd512(Voc),
        };

        model.Maps.Select(map => map.Scale * model.InputSize).Should().BeApproximately(pixels[..^1]);
        model.Maps.Select(map => map.NextScale * model.InputSize).Should().BeApproximately(pixels[1..]);
    }

    [Fact]
    public void SsdLite320_HasTorchvisionsMapsAndSettings()
    {
        var model = Specifications.SsdLite320(Voc);

        model.Maps.Select(map => map.BoxCount).Should().Equal(2400, 600, 150, 54, 24, 6);
        model.Maps.Select(map => map.Scale).Should().BeApproximately([0.2, 0.35, 0.5, 0.65, 0.8, 0.95]);
        model.Maps[^1].NextScale.Should().Be(1);
        model.Detection.Should().Be(new DetectionSettings(0.001, 300, 0.55, 300));
        Specifications.Ssd300(Voc).Detection.Should().Be(new DetectionSettings(0.01, 400, 0.45, 200));
    }

    [Fact]
    public void SpecificationFromBeforeConvolutionsAndHolesWereAChoice_ReadsAsItWas()
    {
        var model = Specifications.Ssd300(["a"]);
        var json = System.Text.Json.Nodes.JsonNode.Parse(model.ToJson())!.AsObject();
        json.Remove(nameof(SsdSpecification.Convolutions)).Should().BeTrue();
        json.Remove(nameof(SsdSpecification.Detection)).Should().BeTrue();
        json[nameof(SsdSpecification.ExtraLayers)]!.AsArray().Should().AllSatisfy(
            layer => layer!.AsObject().Remove(nameof(ExtraLayer.Dilation)).Should().BeTrue());

        var read = SsdSpecification.FromJson(json.ToJsonString());

        read.ToJson().Should().Be(model.ToJson());
    }

    [Fact]
    public void SpecificationOfASsdLite_SurvivesJson()
    {
        var model = Specifications.SsdLite320(["a"]);

        var read = SsdSpecification.FromJson(model.ToJson());

        read.ToJson().Should().Be(model.ToJson());
        (read.Base, read.Convolutions, read.Detection.Overlap).Should().Be((BaseNetwork.MobileNetV3Large, ConvolutionKind.DepthwiseSeparable, 0.55));
    }

    [Fact]
    public void KindOfConvolutionThatThereIsNot_IsRefused()
    {
        var make = () => new SsdNetwork(Specifications.Small(["a"]) with { Convolutions = (ConvolutionKind)7 }, seed: 0);

        make.Should().Throw<ArgumentException>().WithMessage("There is no kind of convolution 7*");
    }

    [Fact]
    public void SmallBaseWithSeparableConvolutions_IsAModelToo()
    {
        using var scope = NewDisposeScope();
        var model = Specifications.Small(["a", "b"]) with { Convolutions = ConvolutionKind.DepthwiseSeparable };
        using var plain = new SsdNetwork(Specifications.Small(["a", "b"]), seed: 0);
        using var separable = new SsdNetwork(model, seed: 0);
        separable.eval();

        separable.call(rand(2, 3, 96, 96)).Scores.shape.Should().Equal(2, 760, 3);
        separable.parameters().Sum(parameter => parameter.numel()).Should().BeLessThan(plain.parameters().Sum(parameter => parameter.numel()));
    }

    [Theory]
    [InlineData(ConvolutionKind.Plain)]
    [InlineData(ConvolutionKind.DepthwiseSeparable)]
    public void ExtraLayerWithHoles_SeesAsFarAsAFullKernel_WithAsManyWeightsAsASmallOne(ConvolutionKind convolutions)
    {
        using var scope = NewDisposeScope();
        LayerMeasurement Wide(ExtraLayer layer)
        {
            var model = Specifications.Small(["a"]);
            using var network = new SsdNetwork(
                model with { Convolutions = convolutions, ExtraLayers = [layer], Maps = [model.Maps[0], model.Maps[1], model.Maps[1]] }, seed: 0);
            network.eval();
            return LayerSurvey.Of(network, zeros(1, 3, 96, 96)).Last(found => found.Name.StartsWith("backbone.extra.1.", StringComparison.Ordinal) && found.Kernel > 1);
        }

        var small = Wide(new ExtraLayer(32, 64, 3, 1, 1));
        var holes = Wide(new ExtraLayer(32, 64, 3, 1, 3, Dilation: 3));
        var full = Wide(new ExtraLayer(32, 64, 7, 1, 3));

        holes.Output.Should().Equal(full.Output);
        holes.Parameters.Should().Be(small.Parameters).And.BeLessThan(full.Parameters);
        Size(holes).Should().Be(Size(full)).And.Be(7);

        static long Size(LayerMeasurement layer) => ReceptiveField.Pixel.After(layer.Kernel, layer.Stride, layer.Dilation).Size;
    }
}
