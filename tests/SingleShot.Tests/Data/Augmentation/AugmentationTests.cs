using AwesomeAssertions;
using CsCheck;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Augmentation;
using Xunit;

namespace SingleShot.Tests.Data.Augmentation;

public class AugmentationTests
{
    [Fact]
    public void Apply_AnyPreset_KeepsBoxesInsideAndWhole()
    {
        foreach (var pipeline in new[] { Pipeline.Paper, Pipeline.Light, Pipeline.None })
        {
            Gen.Select(Examples.Any, Gen.Int).Sample((example, seed) =>
            {
                var (image, truths) = pipeline.Apply(example, new Random(seed));
                return (example.Truths.Count == 0) == (truths.Count == 0)
                    && truths.All(truth => !truth.Box.IsDegenerate && truth.Area > 0)
                    && truths.All(truth => truth.Box == truth.Box.ClipTo(image.Width, image.Height));
            }, iter: 500);
        }
    }

    [Fact]
    public void Apply_SameSeed_GivesTheSame() =>
        Gen.Select(Examples.Any, Gen.Int).Sample((example, seed) =>
        {
            var first = Pipeline.Paper.Apply(example, new Random(seed));
            var second = Pipeline.Paper.Apply(example, new Random(seed));
            return first.Image.Pixels.SequenceEqual(second.Image.Pixels) && first.Truths.SequenceEqual(second.Truths);
        }, iter: 200);

    [Fact]
    public void Flip_Twice_IsTheIdentity() =>
        Examples.Any.Sample(example =>
        {
            var flip = new HorizontalFlip(1);
            var back = flip.Apply(flip.Apply(example, new Random(1)), new Random(1));
            return back.Image.Pixels.SequenceEqual(example.Image.Pixels) && back.Truths.SequenceEqual(example.Truths);
        });

    [Fact]
    public void FlipExpandAndCrop_MarkedPixels_StayInTheirBoxes() =>
        // Red and green tell where a pixel was: those under a box must be those that the box had, nothing left or added but by clipping.
        Gen.Select(Examples.Any, Gen.Int).Sample((example, seed) =>
        {
            var tagged = example with { Truths = [.. example.Truths.Select((truth, i) => truth with { Label = i })] };
            var pipeline = new Pipeline(new Expand(), new IouCrop { MinOverlaps = [0.1, 0.3, 0] }, new HorizontalFlip());
            var moved = pipeline.Apply(tagged, new Random(seed));
            return moved.Truths.All(truth =>
            {
                var original = tagged.Truths[truth.Label].Box;
                var (x, y) = ((int)((truth.Box.Left + truth.Box.Right) / 2), (int)((truth.Box.Top + truth.Box.Bottom) / 2));
                var (red, green, _) = moved.Image.At(x, y);
                return red >= original.Left && red < original.Right && green >= original.Top && green < original.Bottom;
            });
        }, iter: 500);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void IouCrop_LeastOverlap_HoldsForTheBestKeptObject(double least) =>
        Gen.Select(Examples.Any, Gen.Int).Sample((example, seed) =>
        {
            var tagged = example with { Truths = [.. example.Truths.Select((truth, i) => truth with { Label = i })] };
            var cut = new IouCrop { MinOverlaps = [least] }.Apply(tagged, new Random(seed));
            if (ReferenceEquals(cut, tagged))
            {
                return true; // nothing fitted
            }
            var (left, top, _) = cut.Image.At(0, 0);
            var part = BoundingBox.FromSize(left, top, cut.Image.Width, cut.Image.Height);
            var kept = cut.Truths.Select(truth => tagged.Truths[truth.Label].Box).ToArray();
            return kept.Max(box => box.Overlap(part)) >= least
                && part.Width <= 2 * part.Height && part.Height <= 2 * part.Width
                && kept.All(box => part.Left < (box.Left + box.Right) / 2 && (box.Left + box.Right) / 2 < part.Right);
        }, iter: 300);

    [Fact]
    public void IouCrop_ManyDraws_OftenCutsAndSometimesKeepsTheWhole()
    {
        var example = new Example(Pictures.Coordinates(100, 100), [new GroundTruth(new BoundingBox(20, 20, 80, 80), 0)]);
        var random = new Random(4);
        var whole = Enumerable.Range(0, 700).Count(_ => ReferenceEquals(new IouCrop().Apply(example, random), example));
        whole.Should().BeInRange(60, 200, "one draw of seven is for the whole");
    }

    [Fact]
    public void Expand_Always_PlacesThePictureOnThePlainCanvas() =>
        Gen.Select(Examples.Any, Gen.Int).Sample((example, seed) =>
        {
            var canvas = new Expand(4, 1) { Fill = [1, 0, 1] }.Apply(example, new Random(seed)).Image;
            long own = example.Image.Width * example.Image.Height;
            var filled = 0L;
            for (var i = 0; i < canvas.Pixels.Length; i += 3)
            {
                filled += canvas.Pixels[i] == 255 && canvas.Pixels[i + 1] == 0 && canvas.Pixels[i + 2] == 255 ? 1 : 0;
            }
            return filled == (long)canvas.Width * canvas.Height - own && canvas.Width <= 4 * example.Image.Width;
        }, iter: 200);

    [Fact]
    public void Photometric_BrightnessOnly_AddsAtMostItsRange()
    {
        var example = new Example(Pictures.Plain(2, 2, 100, 120, 140), []);
        var only = new PhotometricDistortion { Probability = 1, Contrast = (1, 1), Saturation = (1, 1), Hue = 0 };
        var shifts = Enumerable.Range(0, 200).Select(seed => only.Apply(example, new Random(seed)).Image.At(1, 1)).ToArray();
        shifts.Should().OnlyContain(pixel => pixel.Green - pixel.Red == 20 && pixel.Blue - pixel.Green == 20);
        shifts.Min(pixel => pixel.Red).Should().BeInRange(68, 72);
        shifts.Max(pixel => pixel.Red).Should().BeInRange(128, 132);
    }

    [Fact]
    public void Photometric_Gray_StaysGrayUnderSaturationAndHue()
    {
        var example = new Example(Pictures.Plain(2, 2, 77, 77, 77), []);
        var only = new PhotometricDistortion { Probability = 1, Brightness = 0 };
        Enumerable.Range(0, 100).Select(seed => only.Apply(example, new Random(seed)).Image.At(0, 0))
            .Should().OnlyContain(pixel => pixel.Red == 77 && pixel.Green == 77 && pixel.Blue == 77);
    }

    [Fact]
    public void Photometric_SaturationOfZero_LeavesTheLuma()
    {
        var example = new Example(Pictures.Plain(1, 1, 200, 100, 50), []);
        var only = new PhotometricDistortion { Probability = 1, Brightness = 0, Contrast = (1, 1), Saturation = (0, 0), Hue = 0 };
        // 0.299 x 200 + 0.587 x 100 + 0.114 x 50 = 124.2
        only.Apply(example, new Random(1)).Image.At(0, 0).Should().Be(((byte)124, (byte)124, (byte)124));
    }

    [Fact]
    public void Expand_LargePicture_StaysWithinWhatAnArrayHolds()
    {
        var image = new Expand(1e9, 1).Apply(new Example(Pictures.Plain(640, 480, 1, 2, 3), []), new Random(1)).Image;
        ((long)image.Width * image.Height).Should().BeInRange(640 * 480, 1 << 28);
    }
}
