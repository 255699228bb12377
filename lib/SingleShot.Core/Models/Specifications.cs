using SingleShot.Boxes;

namespace SingleShot.Models;

/// <summary>The specifications that have names.</summary>
public static class Specifications
{
    // torchvision's for SSD300-VGG16: the mean of ImageNet in RGB, and values up to 255 as the caffe weights were trained on.
    private static readonly double[] VggMean = [0.48235, 0.45882, 0.40784];
    private static readonly double[] VggDeviation = [1 / 255.0, 1 / 255.0, 1 / 255.0];

    /// <summary>SSD300 on VGG16 with the scales that its authors use for COCO, which are torchvision's: 8732 default boxes.</summary>
    /// <param name="classNames">The classes, without a background.</param>
    public static SsdSpecification Ssd300(IReadOnlyList<string> classNames) =>
        Vgg("SSD300", 300, classNames, [38, 19, 10, 5, 3, 1], [8, 16, 32, 64, 100, 300],
            [0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05], [[2], [2, 3], [2, 3], [2, 3], [2], [2]],
            [new(256, 512, 3, 2, 1), new(128, 256, 3, 2, 1), new(128, 256, 3, 1, 0), new(128, 256, 3, 1, 0)]);

    /// <summary>SSD300 with the scales that its authors use for Pascal VOC: 30, 60, 111, 162, 213, 264 and 315 pixels.</summary>
    /// <param name="classNames">The classes, without a background.</param>
    public static SsdSpecification Ssd300Voc(IReadOnlyList<string> classNames) =>
        Rescaled(Ssd300(classNames), "SSD300 (VOC's scales)", [0.1, 0.2, 0.37, 0.54, 0.71, 0.88, 1.05]);

    /// <summary>SSD300 with the scales of the paper's section 2.2: 0.1 for conv4_3, then 0.2 to 0.9 in even steps.</summary>
    /// <param name="classNames">The classes, without a background.</param>
    public static SsdSpecification Ssd300Paper(IReadOnlyList<string> classNames) =>
        Rescaled(Ssd300(classNames), "SSD300 (paper's scales)", [0.1, 0.2, 0.375, 0.55, 0.725, 0.9, 1.075]);

    /// <summary>SSD300 without a background class: plain offsets, the paper's scales, for the loss with a no-match term.</summary>
    /// <param name="classNames">The classes.</param>
    public static SsdSpecification Ssd300WithoutBackground(IReadOnlyList<string> classNames) => Ssd300Paper(classNames) with
    {
        Name = "SSD300 without a background class",
        Coder = BoxCoder.Plain,
        NoObject = NoObject.LowConfidence,
    };

    /// <summary>SSD512 on VGG16 with its authors' scales for COCO: 24,564 default boxes.</summary>
    /// <param name="classNames">The classes, without a background.</param>
    public static SsdSpecification Ssd512(IReadOnlyList<string> classNames) =>
        Vgg("SSD512", 512, classNames, [64, 32, 16, 8, 4, 2, 1], [8, 16, 32, 64, 128, 256, 512],
            [0.04, 0.10, 0.26, 0.42, 0.58, 0.74, 0.90, 1.06], [[2], [2, 3], [2, 3], [2, 3], [2, 3], [2], [2]],
            [new(256, 512, 3, 2, 1), new(128, 256, 3, 2, 1), new(128, 256, 3, 2, 1), new(128, 256, 3, 2, 1), new(128, 256, 4, 1, 1)]);

    /// <summary>SSD512 with the scales that its authors use for Pascal VOC: 35.84 pixels, 76.8, and then 76.8 more each time to 537.6.</summary>
    /// <param name="classNames">The classes, without a background.</param>
    public static SsdSpecification Ssd512Voc(IReadOnlyList<string> classNames) =>
        Rescaled(Ssd512(classNames), "SSD512 (VOC's scales)", [0.07, 0.15, 0.30, 0.45, 0.60, 0.75, 0.90, 1.05]);

    /// <summary>
    /// SSDLite320 on MobileNetV3-Large as torchvision has it: 3234 default boxes, a tenth of SSD300's weights, fit for a phone.
    /// </summary>
    /// <param name="classNames">The classes, without a background.</param>
    public static SsdSpecification SsdLite320(IReadOnlyList<string> classNames)
    {
        int[] sizes = [20, 10, 5, 3, 2, 1];
        int[] channels = [512, 256, 256, 128];
        // Even steps from 0.2 to 0.95 over the six maps.
        double[] scales = [.. sizes.Select((_, k) => 0.2 + (0.95 - 0.2) * k / 5), 1.0];
        return new SsdSpecification
        {
            Name = "SSDLite320",
            InputSize = 320,
            ClassNames = classNames,
            Base = BaseNetwork.MobileNetV3Large,
            ExtraLayers = [.. channels.Select(output => new ExtraLayer(output / 2, output, 3, 2, 1))],
            Convolutions = ConvolutionKind.DepthwiseSeparable,
            Maps = Maps(sizes, [.. sizes.Select(size => 320.0 / size)], scales, [.. sizes.Select(_ => new double[] { 2, 3 })]),
            Coder = BoxCoder.WithVariances,
            NoObject = NoObject.BackgroundClass,
            Mean = [0.5, 0.5, 0.5],
            StandardDeviation = [0.5, 0.5, 0.5],
            Detection = new DetectionSettings(ScoreThreshold: 0.001, CandidatesPerClass: 300, Overlap: 0.55, DetectionsPerImage: 300),
        };
    }

    /// <summary>A small SSD that two CPU cores train in minutes: 760 default boxes at 96 x 96.</summary>
    /// <param name="classNames">The classes, without a background.</param>
    /// <param name="inputSize">96, 192 or 384: each doubling adds a finer map for objects half as large, and costs four times the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another input size.</exception>
    public static SsdSpecification Small(IReadOnlyList<string> classNames, int inputSize = 96)
    {
        var doublings = inputSize switch
        {
            96 => 0,
            192 => 1,
            384 => 2,
            _ => throw new ArgumentOutOfRangeException(nameof(inputSize), inputSize, "The small SSD takes images of 96, 192 or 384 pixels."),
        };
        double[] scales = [.. Enumerable.Range(0, doublings).Select(k => 0.15 / Math.Pow(2, doublings - k)), 0.15, 0.3, 0.5, 0.75, 1.0];
        int[] sizes = [.. Enumerable.Range(0, doublings + 3).Select(k => inputSize / 8 >> k), 1];
        return new SsdSpecification
        {
            Name = $"Small SSD {inputSize}",
            InputSize = inputSize,
            ClassNames = classNames,
            Base = BaseNetwork.Small,
            ExtraLayers = [.. Enumerable.Repeat(new ExtraLayer(32, 64, 3, 2, 1), doublings + 1), new(32, 64, 3, 1, 0)],
            Maps = Maps(sizes, [.. sizes.Select(size => (double)inputSize / size)], scales, [.. sizes.Select(_ => new double[] { 2 })]),
            Coder = BoxCoder.WithVariances,
            NoObject = NoObject.BackgroundClass,
            Mean = [0.5, 0.5, 0.5],
            StandardDeviation = [0.25, 0.25, 0.25],
        };
    }

    private static SsdSpecification Rescaled(SsdSpecification model, string name, double[] scales) => model with
    {
        Name = name,
        Maps = [.. model.Maps.Select((map, k) => map with { Scale = scales[k], NextScale = scales[k + 1] })],
    };

    private static SsdSpecification Vgg(
        string name, int inputSize, IReadOnlyList<string> classNames, int[] sizes, double[] steps,
        double[] scales, double[][] aspectRatios, ExtraLayer[] extraLayers) => new()
        {
            Name = name,
            InputSize = inputSize,
            ClassNames = classNames,
            Base = BaseNetwork.Vgg16,
            ExtraLayers = extraLayers,
            Maps = Maps(sizes, steps, scales, aspectRatios),
            Coder = BoxCoder.WithVariances,
            NoObject = NoObject.BackgroundClass,
            Mean = VggMean,
            StandardDeviation = VggDeviation,
        };

    private static FeatureMap[] Maps(int[] sizes, double[] steps, double[] scales, double[][] aspectRatios) =>
        [.. sizes.Select((size, k) => new FeatureMap(size, steps[k], scales[k], scales[k + 1], aspectRatios[k]))];
}
