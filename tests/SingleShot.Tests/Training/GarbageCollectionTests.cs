using AwesomeAssertions;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Detection;
using SingleShot.Images;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using Xunit;

namespace SingleShot.Tests.Training;

/// <summary>
/// While the garbage collector runs all the time, whatever nothing refers to is freed at once: a number that libtorch still reads
/// would end the step with "Unknown scalar type".
/// </summary>
[Collection(nameof(Alone))]
public sealed class GarbageCollectionTests(ShapesFixture shapes) : IClassFixture<ShapesFixture>, IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private Thread? _collector;

    [Theory]
    [InlineData(NoObject.BackgroundClass)]
    [InlineData(NoObject.LowConfidence)]
    public async Task Training_UnderConstantCollection_Goes(NoObject noObject)
    {
        var model = Specifications.Small(shapes.Data.ClassNames) with { NoObject = noObject };
        using var network = new SsdNetwork(model, seed: 1);
        var batches = new BatchLoader(shapes.Data, model, 2, Pipeline.None, seed: 1);
        using var trainer = new Trainer(network, MultiBoxLoss.For(model), batches, new TrainingSettings { Steps = 250, LearningRate = 1e-4 });

        CollectAllTheTime();

        (await trainer.TrainAsync()).Should().Be(TrainingEnd.Finished);
    }

    [Fact]
    public void Detection_UnderConstantCollection_GivesTheSameEachTime()
    {
        using var network = new SsdNetwork(Specifications.Small(shapes.Data.ClassNames), seed: 1);
        var detector = new Detector(network, new DetectionSettings(ScoreThreshold: 0.1));
        var image = ImageFile.Read(shapes.Data.Samples[0].ImagePath);
        var expected = detector.Detect(image);
        expected.Should().NotBeEmpty();

        CollectAllTheTime();

        for (var i = 0; i < 500; i++)
        {
            detector.Detect(image).Should().Equal(expected);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _collector?.Join();
        _end.Dispose();
    }

    private void CollectAllTheTime()
    {
        _collector = new Thread(() =>
        {
            while (!_end.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        _collector.Start();
    }
}
