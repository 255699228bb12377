using AwesomeAssertions;
using SingleShot.Data.Augmentation;
using Xunit;

namespace SingleShot.Tests.Data.Augmentation;

public class AugmentationRangeTests
{
    public static TheoryData<Func<object>, string> Wrong => new()
    {
        { () => new HorizontalFlip(1.5), "Probability is 1.5; it has to be from 0 to 1.*" },
        { () => new HorizontalFlip() with { Probability = double.NaN }, "Probability is NaN; *" },
        { () => new Expand(0.5), "MaxRatio is 0.5; it has to be at least 1.*" },
        { () => new Expand() with { Probability = -1 }, "Probability is -1; *" },
        { () => new Expand { Fill = [0, 0, 255] }, "Fill[2] is 255; *" },
        { () => new Expand { Fill = [0] }, "Fill has 1 items; it has to have 3.*" },
        { () => new IouCrop { MinOverlaps = [] }, "MinOverlaps.Count is 0; it has to be at least 1.*" },
        { () => new IouCrop { MinOverlaps = [0.5, 50] }, "MinOverlaps[1] is 50; *" },
        { () => new IouCrop { MinScale = double.NaN }, "MinScale is NaN; *" },
        { () => new IouCrop { MaxAspectRatio = 0.5 }, "MaxAspectRatio is 0.5; *" },
        { () => new IouCrop { Trials = 0 }, "Trials is 0; *" },
        { () => new PhotometricDistortion { Probability = 2 }, "Probability is 2; *" },
        { () => new PhotometricDistortion { Brightness = -1 }, "Brightness is -1; *" },
        { () => new PhotometricDistortion { Contrast = (-1, 1) }, "Contrast.Min is -1; *" },
        { () => new PhotometricDistortion { Saturation = (1.5, 0.5) }, "Saturation.Max is 0.5; it has to be at least 1.5.*" },
        { () => new PhotometricDistortion { Hue = double.NegativeInfinity }, "Hue is -Infinity; *" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void NumberOutOfItsRange_IsRefusedByName(Func<object> make, string message) =>
        FluentActions.Invoking(make).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
}
