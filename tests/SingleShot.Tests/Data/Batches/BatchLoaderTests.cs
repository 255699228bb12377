using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Data.Shapes;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Runtime;
using Xunit;

namespace SingleShot.Tests.Data.Batches;

public sealed class BatchLoaderTests : IDisposable
{
    private static readonly SsdSpecification Small = Specifications.Small(Shape.ClassNames);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Epoch_AnyNumberOfWorkers_GivesTheSameBatches()
    {
        var set = ShapesGenerator.Write(_folder.File("shapes"), 22, seed: 1);
        var alone = Contents(new BatchLoader(set, Small, 4, Pipeline.Light, seed: 9, workers: 1, ahead: 1, cacheBytes: 0).Epoch(2));
        var together = Contents(new BatchLoader(set, Small, 4, Pipeline.Light, seed: 9, workers: 4, ahead: 7).Epoch(2));
        alone.Should().HaveCount(5, "a last batch that is not full is left out");
        together.Should().BeEquivalentTo(alone, options => options.WithStrictOrdering());
    }

    [Fact]
    public void Epoch_OtherEpochOrSeed_GivesOtherBatches()
    {
        var set = ShapesGenerator.Write(_folder.File("shapes"), 8, seed: 1);
        float[] First(int seed, int epoch) => Contents(new BatchLoader(set, Small, 4, Pipeline.None, seed).Epoch(epoch))[0];
        First(1, 0).Should().NotEqual(First(1, 1)).And.NotEqual(First(2, 0));
    }

    [Fact]
    public void Epoch_SkippingBatches_GoesOnAsIfNothingHadHappened()
    {
        var set = ShapesGenerator.Write(_folder.File("shapes"), 20, seed: 1);
        var loader = new BatchLoader(set, Small, 4, Pipeline.Paper, seed: 3);
        var whole = Contents(loader.Epoch(1));
        Contents(loader.Epoch(1, skipBatches: 3)).Should().BeEquivalentTo(whole.Skip(3), options => options.WithStrictOrdering());
        Contents(loader.Epoch(1, skipBatches: 5)).Should().BeEmpty();
    }

    [Fact]
    public void Epoch_EndedEarlyOrRunThrough_LeavesNoTensors()
    {
        var set = ShapesGenerator.Write(_folder.File("shapes"), 40, seed: 1);
        var loader = new BatchLoader(set, Small, 4, Pipeline.Light, seed: 3);
        var before = LiveTensors.Count;
        for (var epoch = 0; epoch < 5; epoch++)
        {
            foreach (var batch in loader.Epoch(epoch).Take(epoch == 4 ? 10 : 2))
            {
                using (batch)
                {
                    batch.Images.shape.Should().Equal(4, 3, 96, 96);
                }
            }
        }
        LiveTensors.Count.Should().Be(before);
    }

    [Fact]
    public void Epoch_UnreadableImages_AreReplacedAndNamedOnce()
    {
        var set = ShapesGenerator.Write(_folder.File("shapes"), 10, seed: 1);
        File.WriteAllText(set.Samples[3].ImagePath, "junk");
        ImageFile.Write(set.Samples[5].ImagePath, Pictures.Plain(10, 10, 0, 0, 0));
        var loader = new BatchLoader(set, Small, 5, Pipeline.None, seed: 3);
        for (var epoch = 0; epoch < 2; epoch++)
        {
            Contents(loader.Epoch(epoch)).Should().HaveCount(2);
        }
        loader.Problems.Should().HaveCount(2);
        loader.Problems.Should().ContainMatch("Image 4 is left out: *000004.jpg is not a picture*");
        loader.Problems.Should().ContainMatch("Image 6 is left out: *000006.jpg is 10 x 10, but its annotations are for 96 x 96.");
    }

    [Fact]
    public void Epoch_NoReadableImage_Throws()
    {
        var set = new DataSet("none", Shape.ClassNames, [new Sample("1", "/no/such.jpg", 9, 9, [])], []);
        var read = () => Contents(new BatchLoader(set, Small, 5, Pipeline.None, seed: 3).Epoch(0));
        read.Should().Throw<InvalidDataException>().WithMessage("None of the 1 images can be used. *such.jpg does not exist*");
    }

    [Fact]
    public void Epoch_ErrorInAnAugmentation_ReachesTheCaller()
    {
        var set = ShapesGenerator.Write(_folder.File("shapes"), 8, seed: 1);
        var read = () => Contents(new BatchLoader(set, Small, 2, new Failing(), seed: 3).Epoch(0));
        read.Should().Throw<NotSupportedException>().WithMessage("not today");
    }

    [Fact]
    public void Epoch_FewerImagesThanABatch_GivesOneSmallBatch()
    {
        var set = ShapesGenerator.Write(_folder.File("shapes"), 3, seed: 1);
        var loader = new BatchLoader(set, Small, 16, Pipeline.None, seed: 3);
        (loader.BatchSize, loader.BatchesPerEpoch).Should().Be((3, 1));
        Contents(loader.Epoch(0)).Should().ContainSingle();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void Shares_InTurn_AreTheWholeBatch(int count)
    {
        var set = ShapesGenerator.Write(_folder.File("shapes"), 20, seed: 1);
        var loader = new BatchLoader(set, Small, 6, Pipeline.Light, seed: 3);
        var shares = Enumerable.Range(0, count).Select(index => loader.Share(index, count)).ToArray();

        shares.Should().OnlyContain(share => share.BatchSize == 6 / count && share.WholeBatchSize == 6 && share.BatchesPerEpoch == 3);
        var parts = shares.Select(share => Images(share.Epoch(1, skipBatches: 1))).ToArray();
        Enumerable.Range(0, 2).Select(batch => parts.SelectMany(part => part[batch])).Should().BeEquivalentTo(
            Images(loader.Epoch(1, skipBatches: 1)), options => options.WithStrictOrdering());
    }

    [Fact]
    public void Share_OfABatchThatDoesNotDivide_SaysWhichWould()
    {
        var set = ShapesGenerator.Write(_folder.File("shapes"), 10, seed: 1);
        BatchLoader Loader(int batchSize, int images = 10) => new(set.Take(images), Small, batchSize, Pipeline.None, seed: 3);

        FluentActions.Invoking(() => Loader(7).Share(0, 4)).Should().Throw<ArgumentException>()
            .WithMessage("A batch of 7 images does not divide among 4 processes. Take a multiple of 4, such as 8, or another number of processes.*");
        FluentActions.Invoking(() => Loader(10).Share(0, 4)).Should().Throw<ArgumentException>()
            .WithMessage("A batch of 10 images *such as 8,*", "there are no 12 images");
        FluentActions.Invoking(() => Loader(8, images: 3).Share(0, 4)).Should().Throw<ArgumentException>()
            .WithMessage("A batch of 3 images does not divide among 4 processes. *has 3 images: start at most as many processes.*");
        FluentActions.Invoking(() => Loader(8).Share(4, 4)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Fingerprint_IsThatOfTheBatches_WhereverTheFolderLies()
    {
        var set = ShapesGenerator.Write(_folder.File("shapes"), 4, seed: 1);
        var moved = ShapesGenerator.Write(_folder.File("elsewhere", "shapes"), 4, seed: 1);
        string Of(DataSet data, int batchSize = 2, IAugmentation? augmentation = null, int seed = 3) =>
            new BatchLoader(data, Small, batchSize, augmentation ?? Pipeline.Light, seed).Fingerprint();
        var sample = set.Samples[0];

        var one = Of(set);

        Of(moved).Should().Be(one);
        new BatchLoader(set, Small, 2, Pipeline.Light, seed: 3).Share(1, 2).Fingerprint().Should().Be(one);
        string[] others =
        [
            Of(set, batchSize: 4), Of(set, augmentation: Pipeline.Paper), Of(set, seed: 4), Of(set.Take(3)),
            Of(set with { Samples = [sample with { Truths = [] }, .. set.Samples.Skip(1)] }),
            Of(set with { Samples = [.. set.Samples.Reverse()] }),
        ];
        others.Append(one).Should().OnlyHaveUniqueItems();
        File.AppendAllText(sample.ImagePath, "x");
        Of(set).Should().NotBe(one, "the files' sizes are part of it");
    }

    [Fact]
    public void Constructor_OtherClasses_ShowsBoth()
    {
        var set = ShapesGenerator.Write(_folder.File("shapes"), 1, seed: 1);
        var make = () => new BatchLoader(set, Specifications.Small(["cat"]), 1, Pipeline.None, seed: 1);
        make.Should().Throw<ArgumentException>().WithMessage("*[circle, square, triangle, star]*[cat]*");
    }

    [Fact]
    public void Collate_DifferentNumbersOfObjects_PadsAndMasks()
    {
        var crowd = new GroundTruth(new BoundingBox(0, 0, 20, 10), 1) { Crowd = true };
        var difficult = new GroundTruth(new BoundingBox(5, 0, 10, 10), 2) { Difficult = true };
        var plain = new GroundTruth(new BoundingBox(0, 5, 20, 10), 3);
        var image = Pictures.Plain(20, 10, 255, 0, 0);
        using var batch = BatchLoader.Collate([new(image, [crowd, difficult, plain]), new(image, []), new(image, [plain])], Small);
        batch.Images.shape.Should().Equal(3, 3, 96, 96);
        batch.Targets.Boxes.shape.Should().Equal(3, 2, 4);
        batch.Targets.Boxes.data<double>().ToArray().Should().Equal(.25, 0, .5, 1, 0, .5, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, .5, 1, 1, 0, 0, 0, 0);
        batch.Targets.Labels.data<long>().ToArray().Should().Equal(2, 3, 0, 0, 3, 0);
        batch.Targets.Present.data<bool>().ToArray().Should().Equal(true, true, false, false, true, false);
    }

    [Fact]
    public void Collate_NoObjectsAtAll_HasEmptyTensors()
    {
        using var batch = BatchLoader.Collate([new(Pictures.Plain(2, 2, 1, 2, 3), [])], Small);
        batch.Targets.Boxes.shape.Should().Equal(1, 0, 4);
        batch.Targets.Labels.shape.Should().Equal(1, 0);
        batch.Targets.Present.shape.Should().Equal(1, 0);
    }

    [Fact]
    public void Collate_Pictures_AreTheNetworksInput()
    {
        var image = Pictures.Noise(30, 20, seed: 1);
        using var batch = BatchLoader.Collate([new(Pictures.Plain(2, 2, 1, 2, 3), []), new(image, [])], Small);
        using var expected = ImageTensor.From(image, 96, Small.Mean, Small.StandardDeviation);
        using var second = batch.Images[1];
        second.data<float>().ToArray().Should().Equal(expected.data<float>().ToArray());
    }

    [Fact]
    public void LabelThatNamesNoClass_IsRefusedWithTheImage()
    {
        var set = new DataSet("mine", Shape.ClassNames, [new Sample("7", "seven.png", 9, 9, [new GroundTruth(new BoundingBox(1, 1, 5, 5), 4)])], []);
        var make = () => new BatchLoader(set, Small, 1, Pipeline.None, seed: 1);
        make.Should().Throw<ArgumentException>().WithMessage("mine: image 7 (seven.png) has an object whose label is not one of 0 to 3*");
    }

    private static List<float[][]> Images(IEnumerable<Batch> batches)
    {
        var images = new List<float[][]>();
        foreach (var batch in batches)
        {
            using (batch)
            {
                images.Add([.. batch.Images.data<float>().ToArray().Chunk(3 * 96 * 96)]);
            }
        }
        return images;
    }

    private static List<float[]> Contents(IEnumerable<Batch> batches)
    {
        var contents = new List<float[]>();
        foreach (var batch in batches)
        {
            using (batch)
            {
                var labels = batch.Targets.Labels.data<long>().Select(label => (float)label);
                contents.Add([.. batch.Images.data<float>(), .. batch.Targets.Boxes.data<double>().Select(value => (float)value), .. labels]);
            }
        }
        return contents;
    }

    private sealed class Failing : IAugmentation
    {
        public Example Apply(Example example, Random random) => throw new NotSupportedException("not today");
    }
}
