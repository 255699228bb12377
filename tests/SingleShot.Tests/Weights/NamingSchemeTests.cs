using System.Globalization;
using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Weights.Naming;
using Xunit;

namespace SingleShot.Tests.Weights;

public sealed class NamingSchemeTests(NamingSchemeTests.Networks networks) : IClassFixture<NamingSchemeTests.Networks>
{
    private const string Vgg = "64 64 M 128 128 M 256 256 256 M 512 512 512 M 512 512 512 M";

    // Channels, kernel; the input of each is the output of the one before, of the first conv7.
    private static readonly (int Channels, int Kernel)[] Extras300 = [(256, 1), (512, 3), (128, 1), (256, 3), (128, 1), (256, 3), (128, 1), (256, 3)];
    private static readonly (int Channels, int Kernel)[] Extras512 = [(256, 1), (512, 3), (128, 1), (256, 3), (128, 1), (256, 3), (128, 1), (256, 3), (128, 1), (256, 4)];

    public static TheoryData<string, int, string, string, string, string, string> Schemes => new()
    {
        { "amdegroot/ssd.pytorch", 300, "vgg.", "L2Norm.weight", "extras.", "conf.", "loc." },
        { "amdegroot/ssd.pytorch", 512, "vgg.", "L2Norm.weight", "extras.", "conf.", "loc." },
        { "lufficc/SSD", 300, "backbone.vgg.", "backbone.l2_norm.weight", "backbone.extras.", "box_head.predictor.cls_headers.", "box_head.predictor.reg_headers." },
        { "lufficc/SSD", 512, "backbone.vgg.", "backbone.l2_norm.weight", "backbone.extras.", "box_head.predictor.cls_headers.", "box_head.predictor.reg_headers." },
        { "lufficc/SSD without a predictor", 512, "backbone.vgg.", "backbone.l2_norm.weight", "backbone.extras.", "box_head.cls_headers.", "box_head.reg_headers." },
    };

    /// <summary>In the order of the forward pass, so that no two layers of one shape can have changed places.</summary>
    [Theory]
    [MemberData(nameof(Schemes))]
    public void EveryTensor_HasThePublishedNameAndShape(string name, int size, string @base, string scale, string extras, string scores, string offsets)
    {
        var scheme = NamingScheme.All.Single(scheme => scheme.Name == name);
        var extraLayers = size == 300 ? Extras300 : Extras512;
        int[] boxes = size == 300 ? [4, 6, 6, 6, 4, 4] : [4, 6, 6, 6, 6, 4, 4];
        int[] channels = [512, 1024, .. extraLayers.Where((_, i) => i % 2 == 1).Select(layer => layer.Channels)];
        List<string> published = [$"{scale} 512", .. Base(@base)];
        var input = 1024;
        foreach (var (i, (output, kernel)) in extraLayers.Index())
        {
            published.AddRange(Convolution($"{extras}{i}", output, input, kernel));
            input = output;
        }
        foreach (var (head, numbers) in new[] { (scores, 4), (offsets, 4) }) // three classes and the background; four offsets
        {
            published.AddRange(channels.Zip(boxes).Index().SelectMany(map => Convolution($"{head}{map.Index}", map.Item.Second * numbers, map.Item.First, 3)));
        }

        var ours = networks.OfSize(size).state_dict().Select(entry => $"{scheme.NameOf(entry.Key)} {string.Join(",", entry.Value.shape)}");

        ours.Should().Equal(published);
    }

    [Fact]
    public void Vgg16_IsTorchvisionsToConv53_AndTheReducedOneToConv7()
    {
        var entries = networks.OfSize(300).state_dict();

        string[] Of(NamingScheme scheme) => [.. entries.Where(entry => scheme.NameOf(entry.Key) is not null)
            .Select(entry => $"{scheme.NameOf(entry.Key)} {string.Join(",", entry.Value.shape)}")];

        Of(NamingScheme.TorchvisionVgg16).Should().Equal(Base("features.").SkipLast(4));
        Of(NamingScheme.ReducedVgg16).Should().Equal(Base(""));
    }

    [Fact]
    public void OurNames_AreTorchvisions() =>
        networks.OfSize(300).state_dict().Keys.Select(NamingScheme.Torchvision.NameOf).Should().Equal(networks.OfSize(300).state_dict().Keys);

    /// <summary>The convolutions of VGG16 with each pool, and each activation, counted as a layer; then conv6 and conv7.</summary>
    private static List<string> Base(string prefix)
    {
        List<string> names = [];
        int layer = 0, input = 3;
        foreach (var word in Vgg.Split(' '))
        {
            if (word == "M")
            {
                layer++;
                continue;
            }
            var output = int.Parse(word, CultureInfo.InvariantCulture);
            names.AddRange(Convolution($"{prefix}{layer}", output, input, 3));
            (layer, input) = (layer + 2, output);
        }
        return [.. names, .. Convolution($"{prefix}{layer}", 1024, 512, 3), .. Convolution($"{prefix}{layer + 2}", 1024, 1024, 1)];
    }

    private static string[] Convolution(string name, int output, int input, int kernel) =>
        [$"{name}.weight {output},{input},{kernel},{kernel}", $"{name}.bias {output}"];

    /// <summary>One network of each size, of three classes.</summary>
    public sealed class Networks : IDisposable
    {
        private readonly Lazy<SsdNetwork> _small = new(() => new SsdNetwork(Specifications.Ssd300(["a", "b", "c"]), seed: 0));
        private readonly Lazy<SsdNetwork> _large = new(() => new SsdNetwork(Specifications.Ssd512(["a", "b", "c"]), seed: 0));

        public SsdNetwork OfSize(int size) => (size == 300 ? _small : _large).Value;

        public void Dispose()
        {
            foreach (var network in new[] { _small, _large }.Where(network => network.IsValueCreated))
            {
                network.Value.Dispose();
            }
        }
    }
}
