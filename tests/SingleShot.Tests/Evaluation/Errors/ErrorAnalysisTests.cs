using AwesomeAssertions;
using CsCheck;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Errors;
using Xunit;
using static SingleShot.Evaluation.Errors.DetectionError;

namespace SingleShot.Tests.Evaluation.Errors;

public class ErrorAnalysisTests
{
    private static readonly string[] Names = ["cat", "dog"];
    private static readonly BoundingBox Cat = new(0, 0, 10, 10);
    private static readonly BoundingBox Dog = new(100, 0, 110, 10);

    [Theory]
    [InlineData(0, 0, 0, null)]       // the cat itself
    [InlineData(1, 0, 0, Class)]      // a dog in the cat's place
    [InlineData(0, 5, 0, Place)]      // half of it beside the cat: overlap 1/3
    [InlineData(1, 5, 0, Both)]
    [InlineData(0, 0, 50, Background)]
    [InlineData(0, 9, 0, Background)] // overlap 10/190
    public void Detection_IsJudgedByItsOverlapsAndItsClass(int label, double right, double down, DetectionError? expected) =>
        Judge([Found(Cat.Shift(right, down), label, .9)]).Detections.Should().ContainSingle().Which.Error.Should().Be(expected);

    [Fact]
    public void SecondDetectionOfAnObject_IsADuplicate_WhateverTheOrder() =>
        Judge([Found(Cat, 0, .5), Found(Cat, 0, .9)]).Detections.Select(d => (d.Detection.Score, d.Error)).Should().Equal((.9, null), (.5, Duplicate));

    [Fact]
    public void ObjectThatOnlyItsClassOrPlaceWasWrongFor_IsNotMissedToo()
    {
        Judge([Found(Cat, 1, .9)]).Missed.Select(truth => truth.Box).Should().Equal(Dog);
        Judge([Found(Cat.Shift(5, 0), 0, .9)]).Missed.Select(truth => truth.Box).Should().Equal(Dog);
        Judge([Found(Cat.Shift(5, 0), 1, .9)]).Missed.Should().HaveCount(2);
    }

    [Fact]
    public void DetectionInACrowd_CountsNeitherWay()
    {
        var crowd = new GroundTruth(new BoundingBox(200, 0, 300, 100), 0) { Crowd = true };

        var judged = ErrorAnalysis.Judge([new EvaluatedImage("one", [crowd], [Found(new BoundingBox(210, 10, 220, 20), 0, .9)])]).Single();

        judged.Detections.Should().BeEmpty();
        judged.Missed.Should().BeEmpty();
    }

    [Fact]
    public void DetectionMidwayBetweenTwoObjects_TakesTheLast_AsTheScoreDoes()
    {
        GroundTruth[] cats = [new(Cat, 0), new(Cat.Shift(4, 0), 0)];
        var image = new EvaluatedImage("one", cats, [Found(Cat.Shift(2, 0), 0, .9), Found(Cat.Shift(-1, 0), 0, .8)]); // the second overlaps the first cat alone

        ErrorAnalysis.Judge([image]).Single().Detections.Select(d => (d.Error, d.Truth)).Should().Equal((null, cats[1]), (null, cats[0]));
        ErrorAnalysis.Costs(Names, [image]).Should().AllSatisfy(cost => cost.Cost.Should().Be(0));
    }

    [Fact]
    public void Costs_AreWhatAP50GainsWhereOneKindIsMended()
    {
        // The cat is found after a false alarm on the background; the dog is not.
        var costs = Costs(Image([Found(Cat.Shift(0, 50), 0, .9), Found(Cat, 0, .8)]));

        // AP50 is (1/2 + 0) / 2; without the false alarm (1 + 0) / 2; without the dog the mean is over cats alone.
        costs[Background].Should().Match<ErrorCost>(cost => cost.Count == 1 && Math.Abs(cost.Cost - .25) < 1e-9);
        costs[Missed].Should().Match<ErrorCost>(cost => cost.Count == 1 && Math.Abs(cost.Cost - .25) < 1e-9);
        costs[Class].Should().Be(new ErrorCost(Class, 0, 0));
    }

    [Fact]
    public void WrongClassOrPlace_IsMendedOnce_WhereTheObjectIsStillFree()
    {
        Costs(Image([Found(Cat, 1, .9), Found(Dog, 1, .8)]))[Class].Cost.Should().BeApproximately(1 - .25, 1e-9);
        Costs(Image([Found(Cat, 0, .9), Found(Cat.Shift(5, 0), 0, .95), Found(Dog, 1, .8)]))[Place].Cost.Should().BeApproximately(1 - .75, 1e-9);
        Costs(Image([Found(Cat.Shift(5, 0), 0, .9), Found(Cat.Shift(0, 5), 0, .8), Found(Dog, 1, .8)]))[Place].Cost.Should().BeApproximately(.5, 1e-9);
    }

    [Fact]
    public void NothingFound_CostsAllThereIs() => Costs(Image([]))[Missed].Cost.Should().Be(1);

    [Fact]
    public void NoObjects_CostNothingThatCouldBeNamed() =>
        ErrorAnalysis.Costs(Names, [new EvaluatedImage("empty", [], [])]).Should().AllSatisfy(cost => cost.Cost.Should().Be(double.NaN));

    [Fact]
    public void RightDetectionsAndAllThatWasNotFound_MakeUpTheObjects_AndMendingNeverHarms()
    {
        var box = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8], (x, y) => BoundingBox.FromSize(4 * x, 4 * y, 12, 12));
        var truth = Gen.Select(box, Gen.Int[0, 1], (b, label) => new GroundTruth(b, label));
        var found = Gen.Select(box, Gen.Int[0, 1], Gen.Int[1, 99], (b, label, score) => Found(b, label, score / 100.0));
        Gen.Select(truth.Array[1, 5], found.Array[0, 8]).Sample((truths, detections) =>
        {
            var image = new EvaluatedImage("one", truths, detections);
            var judged = ErrorAnalysis.Judge([image]).Single();
            var touched = judged.Detections.Where(d => d.Error is null or Class or Place).Select(d => d.Truth!)
                .ToHashSet(ReferenceEqualityComparer.Instance);

            judged.Detections.Should().HaveCount(detections.Length);
            (touched.Count + judged.Missed.Count).Should().Be(truths.Length);
            ErrorAnalysis.Costs(Names, [image]).Should().AllSatisfy(cost => cost.Cost.Should().BeGreaterThan(-1e-9));
        }, iter: 1_000);
    }

    private static EvaluatedImage Image(IReadOnlyList<DetectedObject> found) =>
        new("one", [new GroundTruth(Cat, 0), new GroundTruth(Dog, 1)], found);

    private static JudgedImage Judge(IReadOnlyList<DetectedObject> found) => ErrorAnalysis.Judge([Image(found)]).Single();

    private static Dictionary<DetectionError, ErrorCost> Costs(EvaluatedImage image) =>
        ErrorAnalysis.Costs(Names, [image]).ToDictionary(cost => cost.Error);

    private static DetectedObject Found(BoundingBox box, int label, double score) => new(box, label, Names[label], score);
}
